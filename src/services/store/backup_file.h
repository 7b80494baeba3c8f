#pragma once
// The file of a backup: records in blocks, each block one zstd frame with its checksum.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// Values of one record, of the types that a database has. A backup is: the schema's version; for each table its name and
/// columns, then its rows; at the end the number of rows.
enum class BackupRecord : std::uint8_t { Version = 1, Table, Row, End };

class BackupWriter {
 public:
  static Result<BackupWriter> create(const std::string& file);
  Result<void> put(BackupRecord kind, const std::vector<SqlValue>& values);
  /// Makes it durable and gives it its name.
  Result<void> finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  BackupWriter(std::string name, std::FILE* file) : name_(std::move(name)), file_(file) {}
  std::string partial() const { return name_ + ".partial"; }
  Result<void> write_block();
  Result<void> write(ByteSpan bytes);

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  ByteWriter block_;
};

class BackupReader {
 public:
  static Result<BackupReader> open(const std::string& file);
  struct Record {
    BackupRecord kind = BackupRecord::End;
    std::vector<SqlValue> values;
  };
  /// Any bytes are safe. Fails at the first that are not a backup's, and at the end of a file that was cut off.
  Result<Record> next();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  BackupReader(std::string name, std::FILE* file) : name_(std::move(name)), file_(file) {}
  Result<void> read_block();
  Failure damaged() const;

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<std::uint8_t> block_;
  std::size_t at_ = 0;
};

}  // namespace throng::services
