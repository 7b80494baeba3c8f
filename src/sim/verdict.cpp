#include "sim/verdict.h"

#include <array>

namespace throng::sim {
namespace {

struct VerdictWords {
  std::string_view code;
  std::string_view text;
};

static_assert(static_cast<std::size_t>(Verdict::PartyKept) + 1 == kVerdicts);

// By the numbers of Verdict.
constexpr std::array<VerdictWords, kVerdicts> kWords = {{
    {"accepted", "Done."},
    {"dead", "The dead cannot do that."},
    {"stunned", "You are stunned."},
    {"silenced", "You are silenced."},
    {"no_such_target", "There is no such target."},
    {"wrong_target", "That does not work on this target."},
    {"out_of_range", "You are too far away."},
    {"not_visible", "Something stands in the way."},
    {"safe_zone", "There is no fighting between players here."},
    {"unknown_skill", "There is no such skill."},
    {"not_learned", "You have not learned that."},
    {"already_learned", "You know that already."},
    {"level_too_low", "Your level is too low for that."},
    {"not_enough_mana", "You have not enough mana."},
    {"on_cooldown", "That is not ready yet."},
    {"busy", "You are busy with something else."},
    {"skills_full", "You cannot learn any more skills."},
    {"no_such_item", "You do not have that."},
    {"not_usable", "That cannot be used."},
    {"bag_full", "Your bag is full."},
    {"not_yours", "That belongs to somebody else."},
    {"nothing_there", "There is nothing there."},
    {"wrong_slot", "That does not go there."},
    {"bound", "That is bound to you."},
    {"not_for_sale", "That is not for sale."},
    {"not_enough_coins", "You have not enough coins."},
    {"nothing_to_repair", "Nothing needs repair."},
    {"no_such_npc", "There is nobody of that name here."},
    {"no_shop", "That person has nothing to sell."},
    {"no_such_quest", "There is no such quest."},
    {"quest_not_open", "That quest is not open to you yet."},
    {"quest_active", "You have that quest already."},
    {"quest_not_active", "You do not have that quest."},
    {"quest_unfinished", "There is still something to do."},
    {"quest_log_full", "You have as many quests as you can carry."},
    {"no_such_player", "There is no such player here."},
    {"no_party", "You are not in a party."},
    {"not_leader", "Only the leader may do that."},
    {"party_full", "The party is full."},
    {"already_in_party", "They are in a party already."},
    {"not_invited", "You have not been invited."},
    {"too_many", "There are too many of these already."},
    {"moving", "You have to stand still for that."},
    {"store_behind", "The records are behind; try again in a moment."},
    {"trade_busy", "They are trading with somebody else."},
    {"no_trade", "You are not trading."},
    {"not_locked", "Both of you have to lock the offer first."},
    {"party_kept", "Guests cannot join a party of characters that are kept."},
}};

}  // namespace

std::string_view verdict_code(Verdict verdict) { return kWords[static_cast<std::size_t>(verdict)].code; }
std::string_view verdict_text(Verdict verdict) { return kWords[static_cast<std::size_t>(verdict)].text; }

}  // namespace throng::sim
