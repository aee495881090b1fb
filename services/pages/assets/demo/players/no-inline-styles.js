// Our Content-Security-Policy refuses the style elements that Video.js would make; its stylesheet is enough. It looks
// when it is loaded, so this has to come first.
window.VIDEOJS_NO_DYNAMIC_STYLE = true;
