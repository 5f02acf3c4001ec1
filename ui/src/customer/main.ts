/** The customer's display: a window of its own, which reads and listens and does nothing else. */
import { mount } from 'svelte';
import '../app.css';
import Display from './Display.svelte';

const target = document.getElementById('app');
if (target !== null) mount(Display, { target });
