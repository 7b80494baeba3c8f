#pragma once
// The reference page of a described file, made of its schema, so that it says what editors say.

#include <string>
#include <string_view>

#include "content/description.h"

namespace throng::content {

/// Tables of every object in the schema: members, what they may hold, defaults, meaning. Headings begin at `### `.
/// @param schema  one that `schema_of` wrote
/// @param name    what the outermost object is called in headings, for instance `skills.json`
std::string schema_markdown(std::string_view schema, std::string_view name);

template <typename T>
std::string markdown_table(const Description<T>& description, std::string_view name) {
  return schema_markdown(schema_of(description), name);
}

}  // namespace throng::content
