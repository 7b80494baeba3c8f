#include "services/tracing/batch.h"

namespace throng::services {

UnixTimes::UnixTimes()
    : offset_ns_(std::chrono::duration_cast<Nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count() -
                 system_clock().now().time_since_epoch().count()) {}

}  // namespace throng::services
