import {bootstrapApplication} from '@angular/platform-browser';
import 'tillit-chat/define';

import {App} from './app.js';

void bootstrapApplication(App);
