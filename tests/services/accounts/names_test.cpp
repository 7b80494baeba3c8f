#include "services/accounts/names.h"

#include <gtest/gtest.h>

namespace throng::services {
namespace {

std::string shown_of(std::string_view text) {
  const NameVerdict verdict = normalise_name(text);
  const Name* const name = std::get_if<Name>(&verdict);
  return name != nullptr ? name->shown : "refused: " + std::string(std::get<NameRefusal>(verdict).code);
}
std::string name_key(std::string_view text) {
  const NameVerdict verdict = normalise_name(text);
  const Name* const name = std::get_if<Name>(&verdict);
  return name != nullptr ? name->key : "refused: " + std::string(std::get<NameRefusal>(verdict).code);
}

TEST(Names, StayAsTheyAreWhenTheyAreWellFormed) {
  for (const char* const name : {"Ann", "Old Tom", "Jean-Luc", "O'Brien", "Zoë", "Мария", "さくら", "山田太郎",
                                 "李小龙", "Ἀθηνᾶ", "R2D2", "Łukasz", "محمد"}) {
    EXPECT_EQ(shown_of(name), name);
  }
}

TEST(Names, AreShownInOneForm) {
  EXPECT_EQ(shown_of("Ａｎｎａ"), "Anna") << "full width";
  EXPECT_EQ(shown_of("Zoe\xCC\x88"), "Zoë") << "a combining mark becomes one letter";
  EXPECT_EQ(shown_of("  Anna "), "Anna");
}

TEST(Names, HaveALength) {
  EXPECT_EQ(shown_of(""), "refused: name_too_short");
  EXPECT_EQ(shown_of("Al"), "refused: name_too_short");
  EXPECT_EQ(shown_of(std::string(20, 'z')), std::string(20, 'z'));
  EXPECT_EQ(shown_of(std::string(21, 'z')), "refused: name_too_long");
  EXPECT_EQ(shown_of("さくらさくらさくらさくら"), "refused: name_too_long") << "more bytes than rooms have room for";
  EXPECT_EQ(shown_of(std::string(100'000, 'z')), "refused: name_too_long");
}

TEST(Names, AreMadeOfLettersAndDigits) {
  for (const char* const name :
       {"Ann!", "<b>Ann", "Ann\nBob", "Ann\tBob", "An\x7Fn", "Ann  Bob", "-Ann", "Ann-", "1Ann",
        "Ann\xE2\x80\x8B"
        "a",
        "Ann\xE2\x80\xAE"
        "a",
        "Ann\xF0\x9F\x98\x80", "a_b_c", "a.b.c",
        "Ann\xE2\x80\x8D"
        "a",
        "\xCC\x88"
        "Ann"}) {
    EXPECT_EQ(shown_of(name), "refused: name_malformed") << name;
  }
  EXPECT_EQ(shown_of("Ann\xFF\xFE"), "refused: name_malformed") << "not UTF-8";
  EXPECT_EQ(shown_of(std::string_view("Ann\0Bob", 7)), "refused: name_malformed");
}

TEST(Names, KeepToOneWritingSystem) {
  EXPECT_EQ(shown_of("Аnna"), "refused: name_mixes_scripts") << "the first letter is Cyrillic";
  EXPECT_EQ(shown_of("Annα"), "refused: name_mixes_scripts");
  EXPECT_EQ(shown_of("東京タワー"), "東京タワー") << "Japanese is one system";
}

TEST(Names, ThatLookAlikeHaveOneKey) {
  EXPECT_EQ(name_key("Anna"), name_key("ANNA"));
  EXPECT_EQ(name_key("Old Tom"), name_key("oldtom"));
  EXPECT_EQ(name_key("Bill"), name_key("BiIl")) << "a capital i for an l";
  EXPECT_EQ(name_key("Bill"), name_key("Bi1l")) << "a one for an l";
  EXPECT_EQ(name_key("bob"), name_key("b0b"));
  EXPECT_EQ(name_key("Cormac"), name_key("Corrnac")) << "rn for m";
  EXPECT_EQ(name_key("Рома"), name_key("РОМА"));
  EXPECT_EQ(name_key("сосо"), name_key("coco")) << "Cyrillic, and Latin";
  EXPECT_EQ(name_key("ВОВ"), name_key("bob")) << "Cyrillic capitals";
  EXPECT_EQ(name_key("вов"), name_key("ВОВ"));
  EXPECT_NE(name_key("Anna"), name_key("Hanna"));
  EXPECT_NE(name_key("Tom"), name_key("Tim"));
}

TEST(Names, OfThoseWhoSpeakForTheGameAreReserved) {
  for (const char* const name :
       {"admin", "Admin", "ADM1N", "administrator7", "Admin Bob", "Bob the GM", "Game Master", "gamemaster",
        "moderator", "System", "Throng", "Thr0ng", "Аdмin", "mod Joe", "guest"}) {
    const std::string verdict = shown_of(name);
    EXPECT_TRUE(verdict == "refused: name_reserved" || verdict == "refused: name_mixes_scripts") << name << verdict;
  }
  for (const char* const name : {"GM’Tom", "Tom’Staff", "Tom-GM", "Ann’GM’Tom", "GMʼTom", "GʼM"}) {
    EXPECT_EQ(shown_of(name), "refused: name_reserved") << name;
  }
  EXPECT_EQ(shown_of("D’Artagnan"), "D’Artagnan");
  EXPECT_EQ(shown_of("Modesta"), "Modesta");
  EXPECT_EQ(shown_of("Devon"), "Devon");
  EXPECT_TRUE(std::holds_alternative<Name>(normalise_staff_name("Admin")));
}

TEST(Names, OfGuestsMayBeShortButNotReserved) {
  const auto guest = [](std::string_view text) { return normalise_guest_name(text); };
  EXPECT_EQ(std::get<Name>(guest("A")).shown, "A");
  EXPECT_EQ(std::get<Name>(guest("Bob")).key, name_key("Bob"));
  EXPECT_EQ(std::get<NameRefusal>(guest("")).code, "name_too_short");
  EXPECT_EQ(std::get<NameRefusal>(guest("GM")).code, "name_reserved");
  EXPECT_EQ(std::get<NameRefusal>(guest("Bob!")).code, "name_malformed");
}

}  // namespace
}  // namespace throng::services
