#pragma once
// What stores share: how a version comes about.

#include <cstdint>

#include "services/reload/ports.h"

namespace throng::services {

/// The version after one with the texts `before`, made now. The note is cut to a thousand bytes each, and what is no text
/// in it is left out.
ContentVersion make_version(std::uint32_t number, const content::ContentTexts& texts,
                            const content::ContentTexts& before, std::uint64_t hash, const VersionNote& note);

Failure no_such_version(std::uint32_t version);

}  // namespace throng::services
