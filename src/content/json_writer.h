#pragma once
// Writes indented JSON text, two spaces a level, for the generated schemas.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace throng::content {

/// Calls must nest properly; in an object every value follows a key. One thread.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void text(std::string_view value);
  void integer(std::int64_t value);
  void number(double value);
  void boolean(bool value);
  /// A short array on one line.
  void texts(std::span<const std::string> values);
  /// A value that is JSON text already.
  void raw(std::string_view json);

  /// The text so far, with a line end behind the last brace.
  std::string take();

 private:
  void before_value();
  void new_line();

  void begin(char bracket);
  void end(char bracket);

  std::string out_;

  struct Open {
    bool array = false;
    bool has_members = false;
  };
  std::vector<Open> open_;  ///< objects and arrays
  bool after_key_ = false;
};

}  // namespace throng::content
