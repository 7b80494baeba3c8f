#pragma once
// Names of the functions at addresses of this process.

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace throng::services {

/// Longest name; what is beyond is cut.
inline constexpr std::size_t kSymbolBytesMax = 200;

/// As a folded stack can hold it: demangled when it was mangled, without `;` and line ends, cut.
std::string readable_symbol(const char* name);

/// One thread. Making it reads the tables of every loaded library, which takes some tens of milliseconds.
class Symbols {
 public:
  Symbols();
  ~Symbols();
  Symbols(const Symbols&) = delete;
  Symbols& operator=(const Symbols&) = delete;

  /// The function's name, or the library's in brackets, or `[unknown]`. The reference stays.
  const std::string& name_of(std::uintptr_t address);

 private:
  struct Modules;
  std::string look_up(std::uintptr_t address) const;

  std::unique_ptr<Modules> modules_;
  std::map<std::uintptr_t, std::string> names_;  // bound: addresses of one profile, as many as its buffer holds
};

}  // namespace throng::services
