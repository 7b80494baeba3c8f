#include "content/server/server_def.h"

#include <gmock/gmock.h>

#include "support/files.h"
#include "support/schema_files.h"

namespace throng::content {
namespace {

std::string server_problems(std::string_view text) {
  const Result<ServerDef> server = parse_server(text, "server.json");
  return server ? "none" : server.error().message;
}

TEST(ServerFile, AnEmptyObjectIsTheDefaults) {
  const Result<ServerDef> server = parse_server("{}", "server.json");
  ASSERT_TRUE(server.has_value()) << server.error().message;
  EXPECT_EQ(server->port, 2567);
  EXPECT_EQ(server->limits.message_bytes_max, 4096);
  EXPECT_FALSE(server->tls.has_value());
}

TEST(ServerFile, ReadsEverySetting) {
  const Result<ServerDef> server = parse_server(
      R"({"version": 1, "host": "::1", "port": 0, "workers": 3, "public_address": "play.example.org/eu",
          "tls": {"certificate": "a.pem", "key": "b.pem"}, "limits": {"connections_max": 7}, "trust_proxy": true,
          "web_root": "w", "drain_timeout_ms": 5, "log_level": "debug", "record_rooms": true, "recordings_dir": "r"})",
      "server.json");
  ASSERT_TRUE(server.has_value()) << server.error().message;
  EXPECT_EQ(server->host, "::1");
  EXPECT_EQ(server->port, 0);
  EXPECT_EQ(server->workers, 3);
  EXPECT_EQ(server->tls->key, "b.pem");
  EXPECT_EQ(server->limits.connections_max, 7);
  EXPECT_EQ(server->limits.header_bytes_max, 16 * 1024);
  EXPECT_TRUE(server->trust_proxy);
  EXPECT_EQ(server->log_level, LogLevel::Debug);
  EXPECT_TRUE(server->record_rooms);
}

TEST(ServerFile, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(
      server_problems("{\n \"port\": 70000,\n \"tls\": {\"certificate\": \"x\"},\n \"prot\": 1\n}"),
      "server.json:2:10: $.port: found 70000, expected an integer from 0 to 65535\n"
      "server.json:3:9: $.tls: found no member \"key\", expected one\n"
      "server.json:4:10: $.prot: found an unknown key, expected one of \"$schema\", \"version\", \"host\", \"port\", "
      "\"workers\", \"public_address\", \"tls\", \"limits\", \"metrics\", \"trust_proxy\", \"web_root\", "
      "\"drain_timeout_ms\", "
      "\"log_level\", \"log_format\", \"loop_silence_s\", \"profile\", \"record_rooms\", \"recordings_dir\", "
      "\"data_dir\", \"database_url\", \"content_reload\"; did "
      "you mean \"port\"?");
  EXPECT_THAT(server_problems("{\"log_level\": \"warn\"}"), testing::HasSubstr("expected one of \"debug\""));
  EXPECT_THAT(server_problems("{\"version\": 2}"), testing::HasSubstr("an integer from 1 to 1"));
  EXPECT_THAT(server_problems("[]"), testing::HasSubstr("found an array of 0, expected an object"));
}

TEST(ServerFile, ShippedFilesAreValid) {
  for (const char* path : {"config/server/server.json", "config/bench/server/server.json"}) {
    EXPECT_EQ(server_problems(shipped_file(path)), "none") << path;
  }
}

TEST(ServerFile, CommittedSchemaIsTheGeneratedOne) { expect_schema_is_committed("server", json_schema_for_server()); }

}  // namespace
}  // namespace throng::content
