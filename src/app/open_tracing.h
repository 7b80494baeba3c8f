#pragma once
// Traces, as the environment asks for them.

#include <memory>
#include <string>

#include "base/result.h"
#include "services/tracing/tracing.h"

namespace throng::app {

/// Null when no traces are wanted. The error is about a variable that cannot work; what is merely wrong is logged.
/// @param process_id  of this run, to tell servers apart
Result<std::unique_ptr<services::Tracing>> open_tracing(const std::string& process_id);

/// The variables, for `--help`.
extern const char* const kTracingHelp;

}  // namespace throng::app
