#include "services/content_store/memory_store.h"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "services/content_store/version_record.h"

namespace throng::services {
namespace {

class MemoryContentStore final : public ContentStore {
 public:
  explicit MemoryContentStore(std::size_t versions_max) : versions_max_(versions_max) {}

  Result<Kept> keep(const content::ContentTexts& texts, std::uint64_t hash, const VersionNote& note) override {
    const std::lock_guard lock(mutex_);
    static const content::ContentTexts none;
    const Entry* const newest = entries_.empty() ? nullptr : &entries_.back();
    if (newest != nullptr && newest->texts == texts) return Kept{newest->version, false};
    ContentVersion made = make_version(newest != nullptr ? newest->version.version + 1 : 1, texts,
                                       newest != nullptr ? newest->texts : none, hash, note);
    entries_.push_back({made, texts});
    forget_oldest();
    return Kept{std::move(made), true};
  }

  Result<std::vector<ContentVersion>> list() override {
    const std::lock_guard lock(mutex_);
    std::vector<ContentVersion> versions;
    for (const Entry& entry : entries_) versions.push_back(entry.version);
    return versions;
  }

  Result<ContentVersion> find(std::uint32_t version) override {
    const std::lock_guard lock(mutex_);
    const Entry* const entry = entry_of(version);
    if (entry == nullptr) return no_such_version(version);
    return entry->version;
  }

  Result<content::ContentTexts> texts(std::uint32_t version) override {
    const std::lock_guard lock(mutex_);
    const Entry* const entry = entry_of(version);
    if (entry == nullptr) return no_such_version(version);
    return entry->texts;
  }

  Result<std::optional<std::uint32_t>> live() override {
    const std::lock_guard lock(mutex_);
    return live_;
  }

  Result<void> set_live(std::uint32_t version) override {
    const std::lock_guard lock(mutex_);
    if (entry_of(version) == nullptr) return no_such_version(version);
    live_ = version;
    return {};
  }

 private:
  struct Entry {
    ContentVersion version;
    content::ContentTexts texts;
  };

  const Entry* entry_of(std::uint32_t version) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [version](const Entry& entry) { return entry.version.version == version; });
    return found == entries_.end() ? nullptr : &*found;
  }

  void forget_oldest() {
    while (entries_.size() > versions_max_) {
      const auto oldest = std::find_if(entries_.begin(), entries_.end(),
                                       [this](const Entry& entry) { return entry.version.version != live_; });
      entries_.erase(oldest);
    }
  }

  const std::size_t versions_max_;
  std::mutex mutex_;
  std::vector<Entry> entries_;  // bound: versions_max_
  std::optional<std::uint32_t> live_;
};

}  // namespace

std::unique_ptr<ContentStore> make_memory_content_store(std::size_t versions_max) {
  return std::make_unique<MemoryContentStore>(versions_max);
}

}  // namespace throng::services
