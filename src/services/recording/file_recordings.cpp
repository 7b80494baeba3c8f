#include "services/recording/file_recordings.h"

#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "base/log.h"
#include "base/private_folder.h"
#include "base/thread_name.h"

namespace throng::services {
namespace {

class FileRecordings final : public room::RecordingSink {
 public:
  explicit FileRecordings(std::string directory) : directory_(std::move(directory)), thread_([this] { run(); }) {}

  ~FileRecordings() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  bool append(std::string_view stream, std::vector<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    if (broken_.contains(stream)) return false;
    if (waiting_bytes_ + bytes.size() > kRecordingQueueBytesMax) {
      broken_.emplace(stream);
      log_warning("a recording ends here: the disk is too slow", {{"recording", stream}});
      return false;
    }
    waiting_bytes_ += bytes.size();
    waiting_.push_back({std::string(stream), std::move(bytes)});
    wake_.notify_one();
    return true;
  }

 private:
  struct Piece {
    std::string stream;
    std::vector<std::uint8_t> bytes;
  };

  void run() {
    name_this_thread("recordings");
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const Piece piece = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_bytes_ -= piece.bytes.size();
      if (broken_.contains(piece.stream)) continue;  // behind a piece that could not be written: it would leave a hole
      lock.unlock();
      const bool written = write(piece);
      lock.lock();
      if (!written) broken_.insert(piece.stream);
    }
  }

  bool write(const Piece& piece) const {
    const std::string path = fmt::format("{}/{}.trec", directory_, piece.stream);
    std::ofstream out(path, std::ios::binary | std::ios::app);
    out.write(reinterpret_cast<const char*>(piece.bytes.data()), static_cast<std::streamsize>(piece.bytes.size()));
    out.flush();
    if (!out) log_warning("a recording ends here: it cannot be written", {{"recording", path}});
    return out.good();
  }

  const std::string directory_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Piece> waiting_;  // bound: kRecordingQueueBytesMax
  std::size_t waiting_bytes_ = 0;
  std::set<std::string, std::less<>> broken_;  // bound: streams of this run that failed
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<room::RecordingSink>> open_file_recordings(const std::string& directory) {
  if (const auto made = make_private_folder(directory); !made)
    return fail(fmt::format("{}: recordings cannot be kept there: {}", directory, made.error().message));
  return std::unique_ptr<room::RecordingSink>(std::make_unique<FileRecordings>(directory));
}

}  // namespace throng::services
