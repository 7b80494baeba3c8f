#include "sim/skill/effects/effect_fields.h"

#include <algorithm>
#include <utility>

#include "content/game/game_fields.h"

namespace throng::sim {

std::vector<EffectField> scaled_amount_fields(std::string_view help) {
  return {content::field("amount", &content::EffectDef::amount, {.min = 0, .max = 100'000, .help = help}),
          content::field("scaling_bp", &content::EffectDef::scaling,
                         {.min = 0, .max = 100'000, .help = "Share of the caster's `scale_by` that is added"}),
          content::choice_field("scale_by", &content::EffectDef::scale_by,
                                content::stat_choice("The stat of the caster that strengthens it"))};
}

EffectField element_field() {
  return content::choice_field(
      "element", &content::EffectDef::element,
      content::element_choice("Defence counts in full against physical damage, a third against others"));
}

EffectField stat_field(std::string_view help) {
  content::ChoiceField<content::Stat> choice = content::stat_choice(help);
  choice.required = true;
  return content::choice_field("stat", &content::EffectDef::stat, std::move(choice));
}

EffectField duration_field(std::string_view help) {
  return content::field("duration_ms", &content::EffectDef::duration_ms,
                        {.min = 50, .max = kEffectDurationMsMax, .required = true, .help = help});
}

EffectField interval_field(std::string_view help) {
  return content::field("interval_ms", &content::EffectDef::interval_ms, {.min = 50, .max = 600'000, .help = help});
}

EffectField status_field() {
  return content::field(
      "status", &content::EffectDef::status,
      {.form = content::TextForm::Name,
       .help = "Name of what it leaves on the target; without one it is named after skill and effect"});
}

std::vector<EffectField> stacking_fields() {
  return {content::choice_field(
              "stacking", &content::EffectDef::stacking,
              content::stacking_choice("What a further one does to one that still lasts: take its place, add up "
                                       "to `stacks_max`, or win when it is stronger")),
          content::field("stacks_max", &content::EffectDef::stacks_max,
                         {.min = 1, .max = 20, .help = "Most that add up, with stacking `stack`"})};
}

std::vector<EffectField> joined(std::vector<std::vector<EffectField>> parts) {
  std::vector<EffectField> all;
  for (std::vector<EffectField>& part : parts) {
    for (EffectField& one : part) all.push_back(std::move(one));
  }
  return all;
}

StatusToApply status_of(const content::EffectDef& effect, const EffectContext& ctx, StatusKind kind, bool harmful,
                        std::int32_t amount) {
  StatusToApply wanted;
  wanted.status.status = effect.status_ref;
  wanted.status.kind = kind;
  wanted.status.stat = effect.stat;
  wanted.status.element = effect.element;
  wanted.status.harmful = harmful;
  wanted.status.amount = amount;
  wanted.status.interval = std::max(Tick{1}, ctx.state.ticks(effect.interval_ms));
  wanted.status.skill = ctx.skill;
  wanted.status.source = ctx.caster;
  wanted.stacking = effect.stacking;
  wanted.stacks_max = effect.stacks_max;
  wanted.duration = std::max(Tick{1}, ctx.state.ticks(effect.duration_ms));
  return wanted;
}

}  // namespace throng::sim
