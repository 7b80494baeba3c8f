// Reloading the whole content of a world under load: what the swap costs the ticks of its room.

#include <algorithm>
#include <atomic>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>

#include "micro/monster_world.h"
#include "sim/skill/effects/effect_type.h"

namespace throng::bench {
namespace {

using SharedContent = std::shared_ptr<const content::GameContent>;

constexpr int kTicks = 1'000;
constexpr int kTicksPerReload = 5;
constexpr double kBudgetMs = 50;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

content::ContentTexts shipped_texts() {
  const std::filesystem::path folder = std::filesystem::path(THRONG_SOURCE_DIR) / "config/content";
  content::ContentTexts texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    texts[entry.path().lexically_relative(folder).generic_string()] = text_of(entry.path());
  }
  return texts;
}

/// What the reloader does on its thread: reads and checks the shipped set, with another number in it each time, and hands
/// over another version of the world's own content. Ends with the object.
class Designer {
 public:
  explicit Designer(const sim::World& world)
      : one_(world.shared_content()), other_(changed(*one_)), thread_([this] { run(); }) {}
  ~Designer() {
    ends_.store(true);
    thread_.join();
  }

  /// The next version, when it is ready.
  SharedContent take() {
    if (!ready_.load(std::memory_order_acquire)) return nullptr;
    ready_.store(false, std::memory_order_release);
    std::swap(one_, other_);
    return one_;
  }

 private:
  static SharedContent changed(const content::GameContent& content) {
    content::GameContent next = content;
    for (content::MonsterDef& kind : next.monsters) kind.max_hp += 50;
    return content::link_by_hand(std::move(next));
  }

  void run() {
    content::ContentTexts texts = shipped_texts();
    SharedContent live = *content::load_content(texts, sim::effect_formats(), nullptr);
    while (!ends_.load()) {
      if (ready_.load(std::memory_order_acquire)) {
        std::this_thread::yield();
        continue;
      }
      texts["skills.json"] += '\n';
      live = *content::load_content(texts, sim::effect_formats(), live.get());
      ready_.store(true, std::memory_order_release);
    }
  }

  SharedContent one_;
  SharedContent other_;
  std::atomic<bool> ready_{false};
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

/// Of this thread alone: neighbours on the machine do not count.
double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void reload_ticks_over_budget(benchmark::State& bench) {
  sim::World world = lively_world();
  Designer designer(world);
  int over = 0;
  int reloads = 0;
  double swap_worst = 0;
  for (auto _ : bench) {
    for (int tick = 0; tick < kTicks; ++tick) {
      const double begun = cpu_ms();
      const SharedContent next = tick % kTicksPerReload == 0 ? designer.take() : nullptr;
      if (next) {
        world.adopt(next);
        swap_worst = std::max(swap_worst, cpu_ms() - begun);
        ++reloads;
      }
      tick_lively(world);
      over += cpu_ms() - begun > kBudgetMs ? 1 : 0;
    }
  }
  bench.counters["figure"] = over;
  bench.counters["reloads"] = reloads;
  bench.counters["swap_worst_ms"] = swap_worst;
}
BENCHMARK(reload_ticks_over_budget)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace throng::bench
