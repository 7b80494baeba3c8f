#pragma once
// What the store did, for the traces of those who asked.

#include <span>

#include "base/clock.h"
#include "base/trace.h"
#include "services/database/connection.h"
#include "services/store/group_committer.h"

namespace throng::services {

/// The commit of a group: part of the first trace that it was for, with links to the others; nothing when none of them is
/// traced. It ends with `settled`.
class GroupSpan {
 public:
  GroupSpan() = default;
  GroupSpan(std::span<const StoreWork> group, Engine engine);
  /// So many from the front are durable or have failed. Their own spans end before anybody is told.
  void settled(std::span<const StoreWork> works, const std::string& problem);

 private:
  Engine engine_ = Engine::Sqlite;
  Span span_;
};

/// A read, or a piece of a group: from when it was asked for until now. Nothing when whoever asked is not traced.
/// @param link  what it was done with; may be invalid
void tell_work_span(const StoreWork& work, Engine engine, std::string_view operation, const SpanContext& link);

}  // namespace throng::services
