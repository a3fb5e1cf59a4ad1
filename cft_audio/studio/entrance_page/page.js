// Before the page has loaded, so that what follows takes its place in the browser's history.
document.forms[0].submit();
