#include "services/metrics/process_figures.h"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

namespace throng::services {
namespace {

/// At most 4 KiB of a file in /proc; empty when it cannot be read.
std::string head_of(const char* path) {
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::array<char, 4096> text{};
  const ssize_t got = ::read(fd, text.data(), text.size());
  ::close(fd);
  return got > 0 ? std::string(text.data(), static_cast<std::size_t>(got)) : std::string();
}

double number_at(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Of words with spaces between them, the first is number 0.
double nth_number(std::string_view text, int number) {
  for (; number > 0; --number) text.remove_prefix(std::min(text.size(), text.find(' ') + 1));
  return number_at(text);
}

/// The last three of /proc/self/stat are counted from behind the name, which may hold anything.
struct ProcessStat {
  double threads = 0;
  double started_ticks = 0;  ///< since the machine began
  double virtual_bytes = 0;
  double resident_pages = 0;
};

ProcessStat process_stat() {
  const std::string text = head_of("/proc/self/stat");
  const std::size_t behind_name = text.rfind(')');
  if (behind_name == std::string::npos || behind_name + 2 > text.size()) return {};
  const std::string_view fields = std::string_view(text).substr(behind_name + 2);  // begins with field 3, the state
  return {nth_number(fields, 17), nth_number(fields, 19), nth_number(fields, 20), nth_number(fields, 21)};
}

/// When the machine began, in Unix time.
double boot_time() {
  constexpr std::string_view kKey = "\nbtime ";
  const int fd = ::open("/proc/stat", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t got = 1; got > 0;) {
    got = ::read(fd, piece.data(), piece.size());
    if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
  }
  ::close(fd);
  const std::size_t at = text.find(kKey);
  return at == std::string::npos ? 0 : number_at(std::string_view(text).substr(at + kKey.size()));
}

double open_descriptors() {
  DIR* const folder = ::opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  int entries = 0;
  while (::readdir(folder) != nullptr) ++entries;
  ::closedir(folder);
  return entries - 3;  // . and .. and the folder itself
}

double cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void look_up(ComputedReport& report, double start_time) {
  const ProcessStat stat = process_stat();
  report.set(Computed::ProcessCpu, {}, cpu_seconds());
  report.set(Computed::ProcessResident, {}, stat.resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)));
  report.set(Computed::ProcessVirtual, {}, stat.virtual_bytes);
  report.set(Computed::ProcessThreads, {}, stat.threads);
  report.set(Computed::ProcessOpenFds, {}, open_descriptors());
  report.set(Computed::ProcessStart, {}, start_time);
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
    report.set(Computed::ProcessMaxFds, {}, static_cast<double>(limit.rlim_cur));
#ifdef __clang__
  const std::string compiler = fmt::format("clang-{}.{}", __clang_major__, __clang_minor__);
#else
  const std::string compiler = fmt::format("gcc-{}.{}", __GNUC__, __GNUC_MINOR__);
#endif
  report.set(Computed::BuildInfo, {THRONG_VERSION, compiler}, 1);
}

}  // namespace

std::unique_ptr<ComputedSource> watch_process() {
  const double start_time = boot_time() + process_stat().started_ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
  return add_computed_source([start_time](ComputedReport& report) { look_up(report, start_time); });
}

}  // namespace throng::services
