#pragma once
// A table of payloads, each with what the decoder of a message says to it.

#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/messages/message_fields.h"
#include "protocol/vectors.h"

namespace throng::protocol::testing {

struct JudgedPayload {
  nlohmann::json payload;
  std::string_view refusal;  ///< its code; empty: taken
};

/// What the payload says; nothing when it is refused. For messages without views.
template <class Message>
std::optional<Message> taken(const nlohmann::json& payload) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(payload);
  MsgpackDocument document;
  if (!document.parse(bytes)) return std::nullopt;
  const Decoded<Message> decoded = decode_fields<Message>(document.root());
  if (!decoded) return std::nullopt;
  return *decoded;
}

template <class Message>
void expect_judged(std::initializer_list<JudgedPayload> table) {
  for (const JudgedPayload& row : table) {
    const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(row.payload);
    MsgpackDocument document;
    ASSERT_TRUE(document.parse(bytes)) << row.payload;
    const Decoded<Message> decoded = decode_fields<Message>(document.root());
    EXPECT_EQ(decoded ? std::string_view() : decoded.refusal().code, row.refusal) << row.payload;
  }
}

}  // namespace throng::protocol::testing
