import { Browser } from './lib/browser.mjs';
const base='http://127.0.0.1:8099'; const b=await Browser.launch(base);
const [,, path, w, h, scheme, out, script]=process.argv;
const {page}=await b.open({width:+w,height:+h,scheme}); await page.goto(base+path); if(script) await page.evaluate(script); await page.waitForTimeout(300); await page.screenshot({path:out}); await b.close();
