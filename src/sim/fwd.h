#pragma once

namespace throng::sim {

class EntityPool;
class PathFinder;
class RecordingWriter;
class SpatialGrid;
class World;
struct CharacterSheet;
struct Fighter;
struct MonsterState;
struct PlayerState;
struct TickContext;
struct TickOutput;
struct WorldSettings;
struct WorldState;

}  // namespace throng::sim
