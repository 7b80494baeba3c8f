// That others understand it is tested with their decoder: tests/integration/observe.
#include "services/tracing/otlp_protobuf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/tracing/protobuf_writer.h"
#include "services/tracing/some_spans.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

TEST(ProtobufWriter, WritesNumbersAsTheStandardHasThem) {
  ProtobufWriter out;
  out.varint(1, 150);
  out.varint(2, 0);
  out.varint_always(3, 0);
  out.fixed64(4, 1);
  out.bytes(5, "");
  out.bytes(20, "ab");
  EXPECT_EQ(out.take(), std::string("\x08\x96\x01\x18\x00\x21\x01\0\0\0\0\0\0\0\xa2\x01\x02"
                                    "ab",
                                    19));
}

TEST(OtlpProtobuf, HasIdsAsBytesAndTimesInNanoseconds) {
  const std::string bytes = otlp_protobuf({{"service.name", "throngd"}}, some_spans(), kSpanTimes);
  EXPECT_THAT(bytes,
              HasSubstr(std::string("\x0a\x10\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10")));
  EXPECT_THAT(bytes, HasSubstr("\x12\x08\x11\x12\x13\x14\x15\x16\x17\x18\x22\x08\x21\x22\x23\x24\x25\x26\x27\x28"));
  EXPECT_THAT(bytes, HasSubstr("service.name"));
  std::string began;
  for (std::uint64_t ns = 1767323045'000000006; ns > 0; ns >>= 8) began += static_cast<char>(ns & 0xff);
  EXPECT_THAT(bytes, HasSubstr("\x39" + began));
}

TEST(OtlpResponse, SaysHowManyWereNotTaken) {
  ProtobufWriter partial;
  partial.varint(1, 3);
  partial.bytes(2, "too many");
  ProtobufWriter response;
  response.message(1, partial);
  const OtlpVerdict verdict = read_otlp_response(response.view());
  EXPECT_EQ(verdict.rejected_spans, 3);
  EXPECT_EQ(verdict.problem, "too many");
}

TEST(OtlpResponse, OfNothingOrNonsenseSaysNothing) {
  EXPECT_EQ(read_otlp_response("").rejected_spans, 0);
  EXPECT_EQ(read_otlp_response("<html>not protobuf</html>").rejected_spans, 0);
  EXPECT_EQ(read_otlp_response(std::string(20, '\xff')).rejected_spans, 0);
  EXPECT_EQ(read_otlp_response("\x0a\x7f").rejected_spans, 0) << "longer than what is there";
}

}  // namespace
}  // namespace throng::services
