#include "services/store/backup_file.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "services/store/failpoint.h"

namespace throng::services {
namespace {

constexpr std::string_view kBackupMagic = "throng backup 1\n";
constexpr std::size_t kBackupBlock = 1u << 20;       ///< a block is written when it has so much
constexpr std::size_t kBackupBlockMax = 256u << 20;  ///< one record may be large: a room's world
constexpr int kBackupLevel = 3;

enum ValueTag : std::uint8_t { kNullTag, kIntegerTag, kTextTag, kBytesTag };

void put_value(ByteWriter& to, const SqlValue& value) {
  const auto put_bytes = [&](ValueTag tag, ByteSpan bytes) {
    to.put<std::uint8_t>(tag);
    to.put(static_cast<std::uint32_t>(bytes.size()));
    to.append(bytes);
  };
  if (const auto* const number = std::get_if<std::int64_t>(&value)) {
    to.put<std::uint8_t>(kIntegerTag);
    to.put(*number);
  } else if (const auto* const text = std::get_if<std::string>(&value)) {
    put_bytes(kTextTag, as_bytes(*text));
  } else if (const auto* const bytes = std::get_if<Blob>(&value)) {
    put_bytes(kBytesTag, *bytes);
  } else {
    to.put<std::uint8_t>(kNullTag);
  }
}

std::optional<SqlValue> get_value(ByteReader& from) {
  const auto tag = from.get<std::uint8_t>();
  if (!tag || *tag > kBytesTag) return std::nullopt;
  if (*tag == kNullTag) return SqlValue();
  if (*tag == kIntegerTag) {
    const auto number = from.get<std::int64_t>();
    return number ? std::optional<SqlValue>(*number) : std::nullopt;
  }
  const auto size = from.get<std::uint32_t>();
  const auto bytes = size ? from.take(*size) : std::nullopt;
  if (!bytes) return std::nullopt;
  if (*tag == kTextTag) return SqlValue(std::string(as_text(*bytes)));
  return SqlValue(Blob(bytes->begin(), bytes->end()));
}

Failure file_failure(const std::string& name) { return fail(fmt::format("{}: {}", name, std::strerror(errno))); }

/// The name itself is durable only with its folder.
Result<void> sync_folder_of(const std::string& name) {
  const std::string folder = std::filesystem::path(name).parent_path().string();
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return file_failure(folder);
  const bool synced = fsync(fd) == 0 || errno == EINVAL;  // some file systems have no such thing
  close(fd);
  return synced ? Result<void>() : file_failure(folder);
}

}  // namespace

Result<BackupWriter> BackupWriter::create(const std::string& file) {
  if (access(file.c_str(), F_OK) == 0) return fail(file + ": is there already, and is not overwritten");
  BackupWriter writer(file, nullptr);
  const int fd = ::open(writer.partial().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return file_failure(writer.partial());
  writer.file_.reset(fdopen(fd, "wb"));
  THRONG_CHECK(writer.write(as_bytes(kBackupMagic)));
  THRONG_FAILPOINT("backup.after_beginning");
  return writer;
}

Result<void> BackupWriter::write(ByteSpan bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) return file_failure(partial());
  return {};
}

Result<void> BackupWriter::put(BackupRecord kind, const std::vector<SqlValue>& values) {
  block_.put(kind);
  block_.put(static_cast<std::uint16_t>(values.size()));
  for (const SqlValue& value : values) put_value(block_, value);
  if (block_.size() >= kBackupBlock) return write_block();
  return {};
}

Result<void> BackupWriter::write_block() {
  if (block_.size() == 0) return {};
  if (block_.size() > kBackupBlockMax) return fail(name_ + ": a row is too large");
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kBackupLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::vector<std::uint8_t> packed(ZSTD_compressBound(block_.size()));
  const std::size_t size =
      ZSTD_compress2(context.get(), packed.data(), packed.size(), block_.view().data(), block_.size());
  if (ZSTD_isError(size) != 0) return fail(fmt::format("{}: {}", name_, ZSTD_getErrorName(size)));
  const auto header = static_cast<std::uint32_t>(size);
  THRONG_CHECK(write({reinterpret_cast<const std::uint8_t*>(&header), sizeof header}));
  THRONG_CHECK(write({packed.data(), size}));
  block_.clear();
  THRONG_FAILPOINT("backup.after_block");
  return {};
}

Result<void> BackupWriter::finish() {
  THRONG_CHECK(write_block());
  if (std::fflush(file_.get()) != 0 || fsync(fileno(file_.get())) != 0) return file_failure(partial());
  THRONG_FAILPOINT("backup.before_renaming");
  if (std::rename(partial().c_str(), name_.c_str()) != 0) return file_failure(name_);
  THRONG_FAILPOINT("backup.after_renaming");
  return sync_folder_of(name_);
}

Result<BackupReader> BackupReader::open(const std::string& file) {
  BackupReader reader(file, std::fopen(file.c_str(), "rbe"));
  if (reader.file_ == nullptr) return file_failure(file);
  std::array<char, kBackupMagic.size()> magic{};
  if (std::fread(magic.data(), 1, magic.size(), reader.file_.get()) != magic.size() ||
      std::string_view(magic.data(), magic.size()) != kBackupMagic)
    return fail(file + ": is no backup that this program can read");
  return reader;
}

Failure BackupReader::damaged() const { return fail(name_ + ": is damaged or cut off; nothing was restored"); }

Result<void> BackupReader::read_block() {
  std::uint32_t size = 0;
  if (std::fread(&size, 1, sizeof size, file_.get()) != sizeof size || size > kBackupBlockMax) return damaged();
  std::vector<std::uint8_t> packed(size);
  if (std::fread(packed.data(), 1, size, file_.get()) != size) return damaged();
  const unsigned long long unpacked = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (unpacked == ZSTD_CONTENTSIZE_ERROR || unpacked == ZSTD_CONTENTSIZE_UNKNOWN || unpacked > kBackupBlockMax)
    return damaged();
  block_.resize(unpacked);
  const std::size_t got = ZSTD_decompress(block_.data(), block_.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != block_.size()) return damaged();
  at_ = 0;
  return {};
}

Result<BackupReader::Record> BackupReader::next() {
  if (at_ == block_.size()) THRONG_CHECK(read_block());
  ByteReader from(ByteSpan(block_).subspan(at_));
  const auto kind = from.get<std::uint8_t>();
  const auto count = from.get<std::uint16_t>();
  if (!kind || !count || *kind < static_cast<std::uint8_t>(BackupRecord::Version) ||
      *kind > static_cast<std::uint8_t>(BackupRecord::End))
    return damaged();
  Record record{static_cast<BackupRecord>(*kind), {}};
  for (std::size_t i = 0; i < *count; ++i) {
    std::optional<SqlValue> value = get_value(from);
    if (!value) return damaged();
    record.values.push_back(*std::move(value));
  }
  at_ += from.position();
  return record;
}

}  // namespace throng::services
