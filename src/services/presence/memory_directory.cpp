#include "services/presence/memory_directory.h"

#include <map>
#include <string>

namespace throng::services {
namespace {

class MemoryDirectory final : public room::RoomDirectory {
 public:
  void find(const room::RoomQuery& query, OnListing reply) override {
    const room::RoomListing* best = nullptr;
    for (const auto& [id, listing] : rooms_) {
      const bool fits = listing.name == query.name && listing.filter == query.filter && !listing.is_private &&
                        !listing.locked && listing.clients < listing.max_clients;
      if (fits && (best == nullptr || listing.created_at_ms < best->created_at_ms)) best = &listing;
    }
    reply(best == nullptr ? std::nullopt : std::optional(*best));
  }

  void get(std::string_view room_id, OnListing reply) override {
    const auto found = rooms_.find(room_id);
    reply(found == rooms_.end() ? std::nullopt : std::optional(found->second));
  }

  void list(OnListings reply) override {
    std::vector<room::RoomListing> all;
    for (const auto& [id, listing] : rooms_) all.push_back(listing);
    reply(std::move(all));
  }

  void apply(const room::DirectoryChange& change) override {
    if (change.listing) {
      rooms_[change.room_id] = *change.listing;
    } else if (rooms_.erase(change.room_id) == 0) {
      return;
    }
    if (on_change_) on_change_(change);
  }

  void watch(OnChange on_change) override { on_change_ = std::move(on_change); }

 private:
  std::map<std::string, room::RoomListing, std::less<>> rooms_;  // bound: the rooms of the node
  OnChange on_change_;
};

}  // namespace

std::unique_ptr<room::RoomDirectory> make_memory_directory() { return std::make_unique<MemoryDirectory>(); }

}  // namespace throng::services
