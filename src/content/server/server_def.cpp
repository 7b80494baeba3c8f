#include "content/server/server_def.h"

#include "content/description.h"

namespace throng::content {
namespace {

const Description<TlsDef>& tls_description() {
  static const Description<TlsDef> description{
      .help = "Serve https and wss with this certificate",
      .fields = {field(
                     "certificate", &TlsDef::certificate,
                     {.bytes_min = 1, .bytes_max = 4096, .required = true, .help = "PEM file: certificate and chain"}),
                 field("key", &TlsDef::key,
                       {.bytes_min = 1, .bytes_max = 4096, .required = true, .help = "PEM file: private key"})},
      .check = {}};
  return description;
}

const Description<ServerLimitsDef>& limits_description() {
  using L = ServerLimitsDef;
  static const Description<L> description{
      .help = "What one server bears from strangers; all per worker thread unless the name says otherwise",
      .fields =
          {
              field("header_bytes_max", &L::header_bytes_max,
                    {.min = 1024, .max = 1 << 20, .help = "Head of one HTTP request"}),
              field("body_bytes_max", &L::body_bytes_max,
                    {.min = 1024, .max = 64 << 20, .help = "Body of one HTTP request"}),
              field("message_bytes_max", &L::message_bytes_max,
                    {.min = 125, .max = 1 << 20, .help = "One WebSocket message from a client"}),
              field("connections_max", &L::connections_max, {.min = 1, .max = 1'000'000, .help = "Open connections"}),
              field("connections_per_address_max", &L::connections_per_address_max,
                    {.min = 1, .max = 1'000'000, .help = "Open connections of one IP address"}),
              field("new_connections_per_address_per_s", &L::new_connections_per_address_per_s,
                    {.min = 1, .max = 1'000'000, .help = "New connections of one IP address in a second"}),
              field("header_timeout_ms", &L::header_timeout_ms,
                    {.min = 100, .max = 600'000, .help = "Time to send a whole request"}),
              field("http_idle_timeout_ms", &L::http_idle_timeout_ms,
                    {.min = 100, .max = 3'600'000, .help = "Time a kept-alive connection may stay silent"}),
              field("websocket_ping_interval_ms", &L::websocket_ping_interval_ms,
                    {.min = 100, .max = 600'000, .help = "Time between two pings to a client"}),
              field("missed_pongs_max", &L::missed_pongs_max,
                    {.min = 1, .max = 100, .help = "Pings without an answer before the client is given up"}),
              field("close_timeout_ms", &L::close_timeout_ms,
                    {.min = 10, .max = 60'000, .help = "Time for the other side to answer a close frame"}),
              field("out_queue_bytes_max", &L::out_queue_bytes_max,
                    {.min = 16 << 10, .max = 64 << 20, .help = "Bytes waiting for one client that does not read"}),
          },
      .check = {}};
  return description;
}

const Description<MetricsDef>& metrics_description() {
  using M = MetricsDef;
  static const Description<M> description{
      .help = "Where /metrics is, and who may read it",
      .fields = {field("port", &M::port,
                       {.min = -1,
                        .max = 65'535,
                        .help = "A port of its own, plain HTTP; 0 takes any free one, -1 is the port of the game"}),
                 field("host", &M::host,
                       {.bytes_min = 1, .bytes_max = 255, .help = "Address to listen on, with a port of its own"}),
                 field("token_file", &M::token_file,
                       {.bytes_max = 4096,
                        .help = "File whose first line is the token that scrapers must bear; empty: everybody may "
                                "read, or THRONG_METRICS_TOKEN says it"})},
      .check = {}};
  return description;
}

const Description<SlowTickProfileDef>& profile_description() {
  using P = SlowTickProfileDef;
  static const Description<P> description{
      .help = "Take a CPU profile when ticks are slow for a while, into data_dir/profiles; absent: never by itself",
      .fields = {field("slow_ticks", &P::slow_ticks,
                       {.min = 1,
                        .max = 1000,
                        .help = "So many ticks of one worker that took more than half of their interval are a run"}),
                 field("within_s", &P::within_s, {.min = 1, .max = 3600, .help = "Time in which they have to be"}),
                 field("seconds", &P::seconds, {.min = 1, .max = 60, .help = "Length of the profile"}),
                 field("pause_minutes", &P::pause_minutes,
                       {.min = 1, .max = 1440, .help = "Time from one profile to the next"}),
                 field("files_max", &P::files_max, {.min = 1, .max = 1000, .help = "Profiles kept; the oldest go"})},
      .check = {}};
  return description;
}

const Description<ServerDef>& server_description() {
  using S = ServerDef;
  static const Description<S> description{
      .help = "Throng: the server",
      .fields =
          {
              schema_reference_field<S>(),
              version_field<S>(),
              field("host", &S::host, {.bytes_min = 1, .bytes_max = 255, .help = "Address to listen on"}),
              field("port", &S::port, {.min = 0, .max = 65'535, .help = "Port to listen on; 0 takes any free one"}),
              field("workers", &S::workers, {.min = 0, .max = 256, .help = "Worker threads; 0 is one per core"}),
              field("public_address", &S::public_address,
                    {.bytes_max = 1024,
                     .help = "host, host:port or host/path that clients are told to connect to; empty: the one they "
                             "came by"}),
              object_field("tls", &S::tls, tls_description()),
              object_field("limits", &S::limits, limits_description()),
              object_field("metrics", &S::metrics, metrics_description()),
              field("trust_proxy", &S::trust_proxy,
                    {.help = "Take a client's address from X-Forwarded-For; only behind a proxy that sets it"}),
              field("web_root", &S::web_root,
                    {.bytes_max = 4096, .help = "Folder of the built page; empty: the one beside the program"}),
              field("drain_timeout_ms", &S::drain_timeout_ms,
                    {.min = 0, .max = 3'600'000, .help = "Time for rooms to end after SIGTERM"}),
              choice_field("log_level", &S::log_level,
                           ChoiceField<LogLevel>{.names = {{"debug", LogLevel::Debug},
                                                           {"info", LogLevel::Info},
                                                           {"warning", LogLevel::Warning},
                                                           {"error", LogLevel::Error},
                                                           {"off", LogLevel::Off}},
                                                 .required = false,
                                                 .help = "The least important lines that are still written"}),
              choice_field(
                  "log_format", &S::log_format,
                  ChoiceField<LogFormat>{
                      .names = {{"auto", LogFormat::Auto}, {"human", LogFormat::Human}, {"json", LogFormat::Json}},
                      .required = false,
                      .help = "Lines of the log; auto: human on a terminal, JSON otherwise"}),
              field("loop_silence_s", &S::loop_silence_s,
                    {.min = 1, .max = 600, .help = "/healthz says 503 when a worker has not turned for longer"}),
              object_field("profile", &S::profile, profile_description()),
              field("record_rooms", &S::record_rooms, {.help = "Write a recording of every world, to be replayed"}),
              field("recordings_dir", &S::recordings_dir,
                    {.bytes_min = 1, .bytes_max = 4096, .help = "Folder of the recordings"}),
              field("data_dir", &S::data_dir,
                    {.bytes_min = 1,
                     .bytes_max = 4096,
                     .help = "Folder of what the program keeps: versions of the content, the control socket"}),
              field("database_url", &S::database_url,
                    {.bytes_max = 4096,
                     .help =
                         "sqlite:PATH or postgres://user@host/name; empty: throng.db in data_dir. Not the place for a "
                         "password: DATABASE_URL, PGPASSWORD or ~/.pgpass have it"}),
              field("content_reload", &S::content_reload,
                    {.help = "Take changes of config/content while running; false: only when told to"}),
          },
      .check = {}};
  return description;
}

}  // namespace

Result<ServerDef> parse_server(std::string_view text, std::string_view file) {
  return parse_described(text, file, server_description());
}

std::string json_schema_for_server() { return schema_of(server_description()); }

}  // namespace throng::content
