#include "services/profile/symbols.h"

#include <cstdlib>

#include <cxxabi.h>
#include <elfutils/libdwfl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace throng::services {
namespace {

/// The symbol tables of the files are enough; nothing is looked for elsewhere, in the network least of all.
int no_separate_debug_info(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*, GElf_Word, char**) {
  return -1;
}

const Dwfl_Callbacks kOwnProcess{.find_elf = dwfl_linux_proc_find_elf,
                                 .find_debuginfo = no_separate_debug_info,
                                 .section_address = nullptr,
                                 .debuginfo_path = nullptr};

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::string readable_symbol(const char* name) {
  int status = -1;
  char* const demangled = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string text = status == 0 ? demangled : name;
  std::free(demangled);
  if (text.size() > kSymbolBytesMax) text.resize(kSymbolBytesMax);
  for (char& c : text) {
    if (c == ';') c = ':';
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

struct Symbols::Modules {
  struct End {
    void operator()(Dwfl* session) const { dwfl_end(session); }
  };
  std::unique_ptr<Dwfl, End> dwfl;
};

Symbols::Symbols() : modules_(std::make_unique<Modules>()) {
  modules_->dwfl.reset(dwfl_begin(&kOwnProcess));
  if (!modules_->dwfl) return;
  const bool read = dwfl_linux_proc_report(modules_->dwfl.get(), getpid()) == 0 &&
                    dwfl_report_end(modules_->dwfl.get(), nullptr, nullptr) == 0;
  if (!read) modules_->dwfl.reset();
}

Symbols::~Symbols() = default;

const std::string& Symbols::name_of(std::uintptr_t address) {
  const auto [found, is_new] = names_.try_emplace(address);
  if (is_new) found->second = look_up(address);
  return found->second;
}

std::string Symbols::look_up(std::uintptr_t address) const {
  Dwfl_Module* const module = modules_->dwfl ? dwfl_addrmodule(modules_->dwfl.get(), address) : nullptr;
  if (module == nullptr) return "[unknown]";
  if (const char* const name = dwfl_module_addrname(module, address)) return readable_symbol(name);
  const char* const path = dwfl_module_info(module, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
  return path == nullptr ? "[unknown]" : fmt::format("[{}]", file_name(path));
}

}  // namespace throng::services
