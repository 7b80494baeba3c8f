#include "services/profile/symbols.h"

#include <cstdlib>

#include <gtest/gtest.h>

namespace throng::services {

/// Not in an anonymous namespace, so that its symbol is one.
int a_function_with_a_name(int x) { return x + 1; }

namespace {

TEST(Symbols, NameOurFunctionsAndThoseOfLibraries) {
  Symbols symbols;
  EXPECT_EQ(symbols.name_of(reinterpret_cast<std::uintptr_t>(&a_function_with_a_name)),
            "throng::services::a_function_with_a_name(int)");
  EXPECT_NE(symbols.name_of(reinterpret_cast<std::uintptr_t>(&std::getenv)), "[unknown]");
  EXPECT_EQ(symbols.name_of(16), "[unknown]");
}

TEST(ReadableSymbol, CannotBreakAFoldedStack) {
  EXPECT_EQ(readable_symbol("_ZN6throng3sim5World4tickEv"), "throng::sim::World::tick()");
  EXPECT_EQ(readable_symbol("plain_c"), "plain_c");
  EXPECT_EQ(readable_symbol("a;b\nc"), "a:b c");
  EXPECT_EQ(readable_symbol(std::string(1000, 'x').c_str()).size(), kSymbolBytesMax);
}

}  // namespace
}  // namespace throng::services
