#include "services/store/store_spans.h"

#include <algorithm>
#include <string>

namespace throng::services {
namespace {

std::string_view engine_name(Engine engine) { return engine == Engine::Sqlite ? "sqlite" : "postgresql"; }

bool is_traced(const StoreWork& work) { return work.trace.sampled; }

}  // namespace

GroupSpan::GroupSpan(std::span<const StoreWork> group, Engine engine) : engine_(engine) {
  if (!tracing_enabled() || std::none_of(group.begin(), group.end(), is_traced)) return;
  // As the first that is traced: the sampler is not asked again.
  const auto first = std::find_if(group.begin(), group.end(), is_traced);
  span_ = Span("store commit", SpanKind::Client, first->trace);
  span_.set("db.system.name", engine_name(engine)).set("db.operation.name", "COMMIT");
  span_.set("db.operation.batch.size", group.size());
  for (const StoreWork& work : group) {
    if (is_traced(work) && work.trace != first->trace) span_.link(work.trace);
  }
}

void GroupSpan::settled(std::span<const StoreWork> works, const std::string& problem) {
  if (!span_.recording()) return;
  if (!problem.empty()) span_.fail(problem);
  const SpanContext group = span_.context();
  span_.end();
  for (const StoreWork& work : works) tell_work_span(work, engine_, work.job == nullptr ? "keep" : "write", group);
}

void tell_work_span(const StoreWork& work, Engine engine, std::string_view operation, const SpanContext& link) {
  if (!is_traced(work) || !tracing_enabled()) return;
  Span span("store " + std::string(operation), SpanKind::Client, work.trace, work.taken);
  span.set("db.system.name", engine_name(engine)).set("db.operation.name", operation);
  span.link(link);
  if (work.job != nullptr && !work.result) span.fail(work.result.error().message);
  if (work.job == nullptr && !work.outcome.refused.empty()) span.fail(work.outcome.refused);
  if (work.job == nullptr && work.cut) {
    span.set("game.room.id", work.cut->room_id).set("game.cut.number", work.cut->number);
    span.set("game.cut.moves", work.cut->moves.size()).set("game.cut.saves", work.cut->saves.size());
    span.set("game.cut.checkpoint", work.cut->checkpoint.has_value());
  }
}

}  // namespace throng::services
