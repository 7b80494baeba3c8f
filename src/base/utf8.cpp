#include "base/utf8.h"

namespace throng {
namespace {

struct LeadByte {
  std::size_t length;   ///< of the whole sequence; 0 for what cannot begin one
  char32_t bits;        ///< of the code point that the lead byte carries
  char32_t least;       ///< smallest code point that needs this length
};

LeadByte classify(unsigned char lead) {
  if (lead < 0x80) return {1, lead, 0};
  if (lead >= 0xc2 && lead <= 0xdf) return {2, lead & 0x1fu, 0x80};
  if (lead >= 0xe0 && lead <= 0xef) return {3, lead & 0x0fu, 0x800};
  if (lead >= 0xf0 && lead <= 0xf4) return {4, lead & 0x07u, 0x10000};
  return {0, 0, 0};
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const LeadByte lead = classify(static_cast<unsigned char>(text[0]));
  if (lead.length == 0 || lead.length > text.size()) return std::nullopt;
  char32_t code_point = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0u) != 0x80u) return std::nullopt;
    code_point = (code_point << 6) | (byte & 0x3fu);
  }
  const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  if (code_point < lead.least || surrogate || code_point > 0x10ffff) return std::nullopt;
  text.remove_prefix(lead.length);
  return code_point;
}

std::optional<std::size_t> count_code_points(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    if (!take_code_point(text)) return std::nullopt;
    ++count;
  }
  return count;
}

}  // namespace throng
