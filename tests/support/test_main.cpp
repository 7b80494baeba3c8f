// The main of every unit test program: surprises are failures here.
#include <gmock/gmock.h>

#include "base/assert.h"
#include "base/log.h"

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  throng::set_odd_is_fatal(true);
  throng::set_log_level(throng::LogLevel::Error);
  return RUN_ALL_TESTS();
}
