#pragma once
// From which number on fences of rooms count.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kFences11{11, "fences", R"sql(
-- No room has a lower fence, and none that does is taken in: restoring a backup moves all of them on, so a server that stood
-- still meanwhile cannot bring in rooms that the backup does not have.
INSERT INTO number_block (name, next) SELECT 'room_fences', COALESCE(MIN(fence), 1) FROM room_checkpoint;
)sql"};

}  // namespace throng::services
