// The page in one file: how it reaches Python, and then the page itself.
import "./start.js";
import "../dxrules/desk/page/desk.js";
