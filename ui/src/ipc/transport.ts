/** The one place that knows how a word reaches the shell. */
import { invoke as tauriInvoke } from '@tauri-apps/api/core';
import { listen as tauriListen } from '@tauri-apps/api/event';

export interface Transport {
  invoke<T>(command: string, args?: Record<string, unknown>): Promise<T>;
  listen<T>(event: string, heard: (payload: T) => void): Promise<() => void>;
}

let transport: Transport = {
  invoke: (command, args) => tauriInvoke(command, args),
  listen: (event, heard) => tauriListen(event, (e) => heard(e.payload as never)),
};

/** Tests and the drawing board put a stand-in here; the shipped window never does. */
export function useTransport(other: Transport): void {
  transport = other;
}

export const invoke: Transport['invoke'] = (command, args) => transport.invoke(command, args);
export const listen: Transport['listen'] = (event, heard) => transport.listen(event, heard);
