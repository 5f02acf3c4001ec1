/** Every screen and panel that no shop needs in the second in which it opens, as one file. */
export { default as AskPanel } from '../parts/AskPanel.svelte';
export { default as CreditPanel } from '../sell/CreditPanel.svelte';
export { default as ReceiptPanel } from '../sell/ReceiptPanel.svelte';
export { default as RefundPanel } from '../sell/RefundPanel.svelte';
export { default as Close } from './Close.svelte';
export { default as Connect } from './Connect.svelte';
export { default as Customers } from './Customers.svelte';
export { default as Day } from './Day.svelte';
export { default as Doctor } from './Doctor.svelte';
export { default as Drawer } from './Drawer.svelte';
export { default as Lock } from './Lock.svelte';
export { default as Paper } from './Paper.svelte';
export { default as Problem } from './Problem.svelte';
export { default as Restore } from './Restore.svelte';
export { default as Settings } from './Settings.svelte';
export { default as StartToday } from './StartToday.svelte';
