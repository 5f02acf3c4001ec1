/** The one place that knows how a word reaches the shell. */
import { invoke as tauriInvoke } from '@tauri-apps/api/core';
import { listen as tauriListen } from '@tauri-apps/api/event';
import { toProblem } from './problem';
import type { Problem } from './types';

export interface Transport {
  invoke<T>(command: string, args?: Record<string, unknown>): Promise<T>;
  listen<T>(event: string, heard: (payload: T) => void): Promise<() => void>;
}

let transport: Transport = {
  invoke: (command, args) => tauriInvoke(command, args),
  listen: (event, heard) => tauriListen(event, (e) => heard(e.payload as never)),
};

/** Whether what was refused is allowed now, so that it can be said once more. */
let allowed: (problem: Problem) => Promise<boolean> = async () => false;

/** Tests and the drawing board put a stand-in here; the shipped window never does. */
export function useTransport(other: Transport): void {
  transport = other;
}

export function onRefusal(ask: (problem: Problem) => Promise<boolean>): void {
  allowed = ask;
}

export async function invoke<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await transport.invoke<T>(command, args);
  } catch (thrown) {
    if (await allowed(toProblem(thrown))) return transport.invoke<T>(command, args);
    throw thrown;
  }
}

export const listen: Transport['listen'] = (event, heard) => transport.listen(event, heard);
