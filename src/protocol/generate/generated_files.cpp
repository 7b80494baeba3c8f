#include "protocol/generate/generated_files.h"

#include "protocol/state/mmo_state.h"
#include "protocol/state/world_state.h"

namespace throng::protocol {

std::vector<StateInfo> all_states() { return {describe_world_state(), describe_mmo_state()}; }

std::vector<GeneratedFile> generated_files() {
  return {
      {"docs/protocol.md", generate_reference_page()},
      {"web/shared/state.ts", generate_typescript()},
      {"clients/csharp/ThrongState.cs", generate_csharp()},
  };
}

}  // namespace throng::protocol
