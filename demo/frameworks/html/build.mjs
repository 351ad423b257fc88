// All there is to build: the files a page loads are copied to where it can reach them.
import {cpSync} from 'node:fs';

cpSync('node_modules/tillit-chat/dist/cdn', 'dist/tillit', {recursive: true});
cpSync('index.html', 'dist/index.html');
