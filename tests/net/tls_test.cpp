#include "net/tls.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "base/counters.h"
#include "net/peer.h"
#include "net/running_server.h"
#include "net/temporary_directory.h"

namespace throng::net {
namespace {

using test::Peer;
using test::RunningServer;

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> bytes{};
  for (std::size_t got = 0; (got = ::fread(bytes.data(), 1, bytes.size(), pipe)) > 0;) output.append(bytes.data(), got);
  ::pclose(pipe);
  return output;
}

/// A certificate made for this test run, with the openssl program.
class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    output_of(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
        "-keyout " +
        key() + " -out " + certificate() + " 2>&1");
  }
  std::string key() const { return directory_.path("key.pem"); }
  std::string certificate() const { return directory_.path("cert.pem"); }

  test::TemporaryDirectory directory_;
};

TEST_F(TlsTest, ServesHttpAndCloses) {
  const auto context = load_tls(certificate(), key());
  ASSERT_TRUE(context.has_value());
  RunningServer running({}, *context);
  const std::string answer = output_of(
      "printf 'GET /secret HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client -quiet "
      "-connect 127.0.0.1:" +
      std::to_string(running.port()) + " -CAfile " + certificate() + " 2>/dev/null");
  EXPECT_NE(answer.find("GET /secret"), std::string::npos) << answer;
}

TEST_F(TlsTest, SendsMoreThanOneRecordAndMoreThanTheKernelTakes) {
  const auto context = load_tls(certificate(), key());
  RunningServer running({}, *context);
  running.handler.http = [&](ConnectionId id, HttpRequest) {
    running.server->respond(id, {.headers = {}, .body = std::string(9'000'000, 'k'), .shared_body = nullptr});
  };
  const std::string answer = output_of(
      "printf 'GET / HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client -quiet -connect "
      "127.0.0.1:" +
      std::to_string(running.port()) + " 2>/dev/null");
  EXPECT_GT(answer.size(), 9'000'000u);
}

TEST_F(TlsTest, CountsPeersThatDoNotSpeakIt) {
  const auto context = load_tls(certificate(), key());
  RunningServer running({}, *context);
  const std::uint64_t before = counted(Counter::TlsHandshakeFailed);
  Peer peer(running.port());
  peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(peer.read_response().status, 0);
  EXPECT_EQ(counted(Counter::TlsHandshakeFailed), before + 1);
}

TEST_F(TlsTest, NamesTheFileThatIsNoGood) {
  const auto missing = load_tls(directory_.path("none.pem"), key());
  ASSERT_FALSE(missing.has_value());
  EXPECT_NE(missing.error().message.find("none.pem"), std::string::npos);
  EXPECT_FALSE(load_tls(certificate(), certificate()).has_value());
}

}  // namespace
}  // namespace throng::net
