#include "services/content_store/database_store.h"

#include <functional>
#include <mutex>
#include <string>

#include <fmt/format.h>

#include "base/log.h"
#include "services/content_store/content_folder.h"
#include "services/content_store/version_record.h"

namespace throng::services {
namespace {

/// A connection that was lost, or another program that was faster: the transaction is tried again.
constexpr int kContentTriesMax = 3;

#define THRONG_SELECT_VERSION "SELECT version, texts_id, hash, made_at, author, reason, diff FROM content_version "

ContentVersion version_in(const Rows& rows, std::size_t row) {
  ContentVersion version;
  version.version = static_cast<std::uint32_t>(rows.integer(row, 0));
  version.texts_id = rows.text(row, 1);
  version.hash = rows.text(row, 2);
  version.time = rows.text(row, 3);
  version.note = {rows.text(row, 4), rows.text(row, 5)};
  version.diff = rows.text(row, 6);
  return version;
}

Blob bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

class DatabaseContentStore final : public ContentStore {
 public:
  DatabaseContentStore(std::unique_ptr<Connection> connection, std::size_t versions_max)
      : connection_(std::move(connection)), versions_max_(static_cast<std::int64_t>(versions_max)) {}

  Result<Kept> keep(const content::ContentTexts& texts, std::uint64_t hash, const VersionNote& note) override {
    Kept kept;
    THRONG_CHECK(whole([&] { return keep_now(texts, hash, note, kept); }));
    return kept;
  }

  Result<std::vector<ContentVersion>> list() override {
    std::vector<ContentVersion> versions;
    THRONG_CHECK(whole([&]() -> Result<void> {
      versions.clear();
      static constexpr std::string_view sql = THRONG_SELECT_VERSION "ORDER BY version";
      THRONG_TRY(const Rows rows, connection_->run(sql));
      for (std::size_t row = 0; row < rows.size(); ++row) versions.push_back(version_in(rows, row));
      return {};
    }));
    return versions;
  }

  Result<ContentVersion> find(std::uint32_t version) override {
    ContentVersion found;
    THRONG_CHECK(whole([&]() -> Result<void> {
      static constexpr std::string_view sql = THRONG_SELECT_VERSION "WHERE version = $1";
      THRONG_TRY(const Rows rows, connection_->run(sql, {std::int64_t{version}}));
      if (rows.empty()) return no_such_version(version);
      found = version_in(rows, 0);
      return {};
    }));
    return found;
  }

  Result<content::ContentTexts> texts(std::uint32_t version) override {
    content::ContentTexts texts;
    THRONG_CHECK(whole([&]() -> Result<void> {
      THRONG_TRY(texts, texts_of(version));
      return texts.empty() ? no_such_version(version) : Result<void>();
    }));
    return texts;
  }

  Result<std::optional<std::uint32_t>> live() override {
    std::optional<std::uint32_t> live;
    THRONG_CHECK(whole([&]() -> Result<void> {
      THRONG_TRY(const Rows rows, connection_->run("SELECT version FROM content_live"));
      live.reset();
      if (!rows.empty() && !rows.is_null(0, 0)) live = static_cast<std::uint32_t>(rows.integer(0, 0));
      return {};
    }));
    return live;
  }

  Result<void> set_live(std::uint32_t version) override {
    return whole([&]() -> Result<void> {
      THRONG_CHECK(hold());
      THRONG_TRY(const Rows rows,
                 connection_->run("SELECT 1 FROM content_version WHERE version = $1", {std::int64_t{version}}));
      if (rows.empty()) return no_such_version(version);
      return change("UPDATE content_live SET version = $1", {std::int64_t{version}});
    });
  }

 private:
  /// One transaction, from the beginning again when that can help. A commit whose answer was lost may have taken effect:
  /// every piece of work here finds that out, or does the same once more.
  Result<void> whole(const std::function<Result<void>()>& work) {
    const std::lock_guard lock(mutex_);
    for (int tries = 1;; ++tries) {
      Result<void> done = connection_->begin();
      if (done) done = work();
      if (done) done = connection_->commit();
      if (done) return done;
      const Trouble trouble = connection_->trouble();
      connection_->rollback();
      if (tries == kContentTriesMax || (trouble != Trouble::Away && trouble != Trouble::Busy)) return done;
      if (trouble == Trouble::Away) THRONG_CHECK(connection_->reconnect());
    }
  }

  Result<void> change(std::string_view sql, std::initializer_list<SqlValue> values = {}) {
    THRONG_TRY(const Rows changed, connection_->run(sql, values));
    static_cast<void>(changed);
    return {};
  }

  /// Until the transaction ends nobody else makes a version or names the live one.
  Result<void> hold() { return change("UPDATE content_live SET version = version"); }

  Result<void> keep_now(const content::ContentTexts& texts, std::uint64_t hash, const VersionNote& note, Kept& kept) {
    THRONG_CHECK(hold());
    static constexpr std::string_view newest_sql = THRONG_SELECT_VERSION "ORDER BY version DESC LIMIT 1";
    THRONG_TRY(const Rows newest, connection_->run(newest_sql));
    std::uint32_t number = 1;
    content::ContentTexts before;
    if (!newest.empty()) {
      kept = {version_in(newest, 0), false};
      if (kept.version.texts_id == texts_id(texts)) return {};
      number = kept.version.version + 1;
      Result<content::ContentTexts> present = texts_of(kept.version.version);
      if (!present && connection_->trouble() != Trouble::None) return fail(std::move(present).error());
      if (!present) log_warning(present.error().message);  // the diff then shows everything as new
      if (present) before = *std::move(present);
    }
    kept = {make_version(number, texts, before, hash, note), true};
    THRONG_CHECK(insert(kept.version));
    for (const auto& [name, text] : texts) THRONG_CHECK(insert_file(number, name, text));
    return forget_oldest();
  }

  Result<void> insert(const ContentVersion& version) {
    return change(
        "INSERT INTO content_version (version, texts_id, hash, made_at, author, reason, diff) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {std::int64_t{version.version}, version.texts_id, version.hash, version.time, version.note.author,
         version.note.reason, version.diff});
  }

  /// A text that is there already, and whole, is not sent again.
  Result<void> insert_file(std::uint32_t version, const std::string& name, const std::string& text) {
    const std::string id = text_id(text);
    THRONG_TRY(const Rows present,
               connection_->run("SELECT 1 FROM content_text WHERE text_id = $1 AND length(body) = $2",
                                {id, static_cast<std::int64_t>(text.size())}));
    if (present.empty()) {
      THRONG_CHECK(
          change("INSERT INTO content_text (text_id, body) VALUES ($1, $2) "
                 "ON CONFLICT (text_id) DO UPDATE SET body = excluded.body",
                 {id, bytes_of(text)}));
    }
    return change("INSERT INTO content_file (version, name, text_id) VALUES ($1, $2, $3)",
                  {std::int64_t{version}, name, id});
  }

  /// Nothing when there is no such version: every set has files.
  Result<content::ContentTexts> texts_of(std::uint32_t version) {
    THRONG_TRY(const Rows rows,
               connection_->run("SELECT name, content_file.text_id, body FROM content_file "
                                "LEFT JOIN content_text ON content_text.text_id = content_file.text_id "
                                "WHERE version = $1",
                                {std::int64_t{version}}));
    content::ContentTexts texts;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const Blob body = rows.blob(row, 2);
      std::string text(body.begin(), body.end());
      if (text_id(text) != rows.text(row, 1))
        return fail(fmt::format("the text of {} in version {} is missing or damaged", rows.text(row, 0), version));
      texts.emplace(rows.text(row, 0), std::move(text));
    }
    return texts;
  }

  Result<void> forget_oldest() {
    THRONG_TRY(const Rows count, connection_->run("SELECT count(*) FROM content_version"));
    const std::int64_t too_many = count.integer(0, 0) - versions_max_;
    if (too_many <= 0) return {};
    THRONG_TRY(
        const Rows oldest,
        connection_->run("SELECT version FROM content_version WHERE version NOT IN "
                         "(SELECT version FROM content_live WHERE version IS NOT NULL) ORDER BY version LIMIT $1",
                         {too_many}));
    for (std::size_t row = 0; row < oldest.size(); ++row) {
      THRONG_CHECK(change("DELETE FROM content_file WHERE version = $1", {oldest.integer(row, 0)}));
      THRONG_CHECK(change("DELETE FROM content_version WHERE version = $1", {oldest.integer(row, 0)}));
    }
    return change(
        "DELETE FROM content_text WHERE NOT EXISTS "
        "(SELECT 1 FROM content_file WHERE content_file.text_id = content_text.text_id)");
  }

  std::mutex mutex_;
  const std::unique_ptr<Connection> connection_;
  const std::int64_t versions_max_;
};

}  // namespace

std::unique_ptr<ContentStore> make_database_content_store(std::unique_ptr<Connection> connection,
                                                          std::size_t versions_max) {
  return std::make_unique<DatabaseContentStore>(std::move(connection), versions_max);
}

#undef THRONG_SELECT_VERSION

}  // namespace throng::services
