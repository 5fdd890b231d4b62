import { render } from 'preact';
import { App } from './app';
import { mustSwitch } from './settings';

const root = document.getElementById('page');
if (root && !mustSwitch()) render(<App />, root);
