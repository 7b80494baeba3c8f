#pragma once
// What the command line may ask the running server about its content: `{"command": "reload"}` and the like, see
// docs/configuration.md.

#include <string>
#include <string_view>

#include "services/reload/ports.h"
#include "services/reload/reloader.h"

namespace throng::services {

/// One JSON document to one JSON document: `{"ok": true, …}`, or `{"ok": false, "error": "…"}`. Any text is safe.
///   reload {author?, reason?}   looks at the folder now: accepted, changed, version, problems, rooms
///   status                      version, hash, reloads, rooms, failure
///   impact {dir} or {texts}     a dry run: problems, changes, touched
/// Any thread but the rooms'; waits for them.
std::string answer_content_command(std::string_view request, Reloader& reloader, LiveRooms& rooms);

}  // namespace throng::services
