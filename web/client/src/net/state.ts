// The state that a `world` room sends, in the generated types; and what all things in view have in common for drawing.

export type {
  ChatLine,
  ErrorNotice,
  Notice,
  QuestProgress,
  SeatReservation,
  WorldEvent,
  WorldState,
} from '../../../shared/state.ts';
export { CloseCode, EntityState } from '../../../shared/state.ts';

/** Values of QuestProgress.state. */
export const QuestState = { None: 0, Active: 1, Ready: 2, Completed: 3 } as const;

/** A player, monster, character or drop, as far as it is drawn. */
export interface Entity {
  readonly x: number;
  readonly y: number;
  readonly name?: string;
  readonly kind?: string;
  readonly hp?: number;
  readonly maxHp?: number;
  readonly level?: number;
  readonly state?: number;
}
