#include "base/thread_name.h"

#include <string>

#include <pthread.h>

namespace throng {

void name_this_thread(std::string_view name) {
  constexpr std::size_t kBytesMax = 15;
  pthread_setname_np(pthread_self(), std::string(name.substr(0, kBytesMax)).c_str());
}

}  // namespace throng
