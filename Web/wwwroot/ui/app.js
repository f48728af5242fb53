var E=Object.freeze({prefix:"fluent",shadowRootMode:"open",registry:globalThis.customElements});var Kr={filled:"filled",ghost:"ghost",outline:"outline",tint:"tint"},qr={brand:"brand",danger:"danger",important:"important",informative:"informative",severe:"severe",subtle:"subtle",success:"success",warning:"warning"};var Yr=`${E.prefix}-badge`;var le=class{constructor(e,r,o=!1){this.evaluate=e,this.policy=r,this.isVolatile=o}};var S;(function(t){t[t.needsArrayObservation=1101]="needsArrayObservation",t[t.onlySetDOMPolicyOnce=1201]="onlySetDOMPolicyOnce",t[t.bindingInnerHTMLRequiresTrustedTypes=1202]="bindingInnerHTMLRequiresTrustedTypes",t[t.twoWayBindingRequiresObservables=1203]="twoWayBindingRequiresObservables",t[t.hostBindingWithoutHost=1204]="hostBindingWithoutHost",t[t.unsupportedBindingBehavior=1205]="unsupportedBindingBehavior",t[t.directCallToHTMLTagNotAllowed=1206]="directCallToHTMLTagNotAllowed",t[t.onlySetTemplatePolicyOnce=1207]="onlySetTemplatePolicyOnce",t[t.cannotSetTemplatePolicyAfterCompilation=1208]="cannotSetTemplatePolicyAfterCompilation",t[t.blockedByDOMPolicy=1209]="blockedByDOMPolicy",t[t.invalidHydrationAttributeMarker=1210]="invalidHydrationAttributeMarker",t[t.duplicateRenderInstruction=1211]="duplicateRenderInstruction",t[t.missingElementDefinition=1401]="missingElementDefinition",t[t.noRegistrationForContext=1501]="noRegistrationForContext",t[t.noFactoryForResolver=1502]="noFactoryForResolver",t[t.invalidResolverStrategy=1503]="invalidResolverStrategy",t[t.cannotAutoregisterDependency=1504]="cannotAutoregisterDependency",t[t.cannotResolveKey=1505]="cannotResolveKey",t[t.cannotConstructNativeFunction=1506]="cannotConstructNativeFunction",t[t.cannotJITRegisterNonConstructor=1507]="cannotJITRegisterNonConstructor",t[t.cannotJITRegisterIntrinsic=1508]="cannotJITRegisterIntrinsic",t[t.cannotJITRegisterInterface=1509]="cannotJITRegisterInterface",t[t.invalidResolver=1510]="invalidResolver",t[t.invalidKey=1511]="invalidKey",t[t.noDefaultResolver=1512]="noDefaultResolver",t[t.cyclicDependency=1513]="cyclicDependency",t[t.connectUpdateRequiresController=1514]="connectUpdateRequiresController"})(S||(S={}));var V=t=>typeof t=="function",D=t=>typeof t=="string",Jr=()=>{};var li=Object.create(null),x={warn(t,e){},error(t,e){return new Error(`Error ${t}`)},addMessages(t){Object.assign(li,t)}};var Qr=Object.freeze([]);function Be(){let t=new Map;return Object.freeze({register(e){return t.has(e.type)?!1:(t.set(e.type,e),!0)},getByType(e){return t.get(e)},getForInstance(e){if(e!=null)return t.get(e.constructor)}})}function lt(){let t=new WeakMap;return function(e){let r=t.get(e);if(r===void 0){let o=Reflect.getPrototypeOf(e);for(;r===void 0&&o!==null;)r=t.get(o),o=Reflect.getPrototypeOf(o);r=r===void 0?[]:r.slice(0),t.set(e,r)}return r}}function $(t){t.prototype.toJSON=Jr}var ct=class extends le{createObserver(){return this}bind(e){return this.evaluate(e.source,e.context)}};$(ct);function dt(t,e){return new ct(t,e)}var Se=class{constructor(e,r){this.sub1=void 0,this.sub2=void 0,this.spillover=void 0,this.subject=e,this.sub1=r}has(e){return this.spillover===void 0?this.sub1===e||this.sub2===e:this.spillover.indexOf(e)!==-1}subscribe(e){let r=this.spillover;if(r===void 0){if(this.has(e))return;if(this.sub1===void 0){this.sub1=e;return}if(this.sub2===void 0){this.sub2=e;return}this.spillover=[this.sub1,this.sub2,e],this.sub1=void 0,this.sub2=void 0}else r.indexOf(e)===-1&&r.push(e)}unsubscribe(e){let r=this.spillover;if(r===void 0)this.sub1===e?this.sub1=void 0:this.sub2===e&&(this.sub2=void 0);else{let o=r.indexOf(e);o!==-1&&r.splice(o,1)}}notify(e){let r=this.spillover,o=this.subject;if(r===void 0){let n=this.sub1,a=this.sub2;n!==void 0&&n.handleChange(o,e),a!==void 0&&a.handleChange(o,e)}else for(let n=0,a=r.length;n<a;++n)r[n].handleChange(o,e)}},ke=class{constructor(e){this.subscribers={},this.subjectSubscribers=null,this.subject=e}notify(e){var r,o;(r=this.subscribers[e])===null||r===void 0||r.notify(e),(o=this.subjectSubscribers)===null||o===void 0||o.notify(e)}subscribe(e,r){var o,n;let a;r?a=(o=this.subscribers[r])!==null&&o!==void 0?o:this.subscribers[r]=new Se(this.subject):a=(n=this.subjectSubscribers)!==null&&n!==void 0?n:this.subjectSubscribers=new Se(this.subject),a.subscribe(e)}unsubscribe(e,r){var o,n;r?(o=this.subscribers[r])===null||o===void 0||o.unsubscribe(e):(n=this.subjectSubscribers)===null||n===void 0||n.unsubscribe(e)}};var X=[],rr=[],ci=globalThis.requestAnimationFrame,nr=!0;function di(){if(rr.length)throw rr.shift()}function ui(t){try{t.call()}catch(e){if(nr)rr.push(e),setTimeout(di,0);else throw X.length=0,e}}function or(){let e=0;for(;e<X.length;)if(ui(X[e]),e++,e>1024){for(let r=0,o=X.length-e;r<o;r++)X[r]=X[r+e];X.length-=e,e=0}X.length=0}function Zr(t){X.push(t),X.length<2&&(nr?ci(or):or())}var Q=Object.freeze({enqueue:Zr,next:()=>new Promise(Zr),process:or,setMode:t=>nr=t});var ce=Object.freeze({unknown:void 0,coupled:1}),B=(()=>{let t=Q.enqueue,e=/(:|&&|\|\||if|\?\.)/,r=new WeakMap,o,n=d=>{throw x.error(S.needsArrayObservation)};function a(d){var l;let p=(l=d.$fastController)!==null&&l!==void 0?l:r.get(d);return p===void 0&&(Array.isArray(d)?p=n(d):r.set(d,p=new ke(d))),p}let i=lt();class c{constructor(l){this.name=l,this.field=`_${l}`,this.callback=`${l}Changed`}getValue(l){return o!==void 0&&o.watch(l,this.name),l[this.field]}setValue(l,p){let m=this.field,y=l[m];if(y!==p){l[m]=p;let T=l[this.callback];V(T)&&T.call(l,y,p),a(l).notify(this.name)}}}class u extends Se{constructor(l,p,m=!1){super(l,p),this.expression=l,this.isVolatileBinding=m,this.needsRefresh=!0,this.needsQueue=!0,this.isAsync=!0,this.first=this,this.last=null,this.propertySource=void 0,this.propertyName=void 0,this.notifier=void 0,this.next=void 0}setMode(l){this.isAsync=this.needsQueue=l}bind(l){let p=this.observe(l.source,l.context);return!l.isBound&&this.requiresUnbind(l)&&l.onUnbind(this),p}requiresUnbind(l){return l.sourceLifetime!==ce.coupled||this.first!==this.last||this.first.propertySource!==l.source}unbind(l){this.dispose()}observe(l,p){this.needsRefresh&&this.last!==null&&this.dispose();let m=o;o=this.needsRefresh?this:void 0,this.needsRefresh=this.isVolatileBinding;let y;try{y=this.expression(l,p)}finally{o=m}return y}disconnect(){this.dispose()}dispose(){if(this.last!==null){let l=this.first;for(;l!==void 0;)l.notifier.unsubscribe(this,l.propertyName),l=l.next;this.last=null,this.needsRefresh=this.needsQueue=this.isAsync}}watch(l,p){let m=this.last,y=a(l),T=m===null?this.first:{};if(T.propertySource=l,T.propertyName=p,T.notifier=y,y.subscribe(this,p),m!==null){if(!this.needsRefresh){let G;o=void 0,G=m.propertySource[m.propertyName],o=this,l===G&&(this.needsRefresh=!0)}m.next=T}this.last=T}handleChange(){this.needsQueue?(this.needsQueue=!1,t(this)):this.isAsync||this.call()}call(){this.last!==null&&(this.needsQueue=this.isAsync,this.notify(this))}*records(){let l=this.first;for(;l!==void 0;)yield l,l=l.next}}return $(u),Object.freeze({setArrayObserverFactory(d){n=d},getNotifier:a,track(d,l){o&&o.watch(d,l)},trackVolatile(){o&&(o.needsRefresh=!0)},notify(d,l){a(d).notify(l)},defineProperty(d,l){D(l)&&(l=new c(l)),i(d).push(l),Reflect.defineProperty(d,l.name,{enumerable:!0,get(){return l.getValue(this)},set(p){l.setValue(this,p)}})},getAccessors:i,binding(d,l,p=this.isVolatileBinding(d)){return new u(d,l,p)},isVolatileBinding(d){return e.test(d.toString())}})})();function ar(t,e){B.defineProperty(t,e)}var eo=(()=>{let t=null;return{get(){return t},set(e){t=e}}})(),Z=Object.freeze({default:{index:0,length:0,get event(){return Z.getEvent()},eventDetail(){return this.event.detail},eventTarget(){return this.event.target}},getEvent(){return eo.get()},setEvent(t){eo.set(t)}});var ir=class extends le{createObserver(e){return B.binding(this.evaluate,e,this.isVolatile)}};function ut(t,e,r=B.isVolatileBinding(t)){return new ir(t,e,r)}var P=Object.freeze({none:0,attribute:1,booleanAttribute:2,property:3,content:4,tokenList:5,event:6}),to=t=>t,pi=globalThis.trustedTypes?globalThis.trustedTypes.createPolicy("fast-html",{createHTML:to}):{createHTML:to},pt=Object.freeze({createHTML(t){return pi.createHTML(t)},protect(t,e,r,o){return o}}),gi=pt,ee=Object.freeze({get policy(){return pt},setPolicy(t){if(pt!==gi)throw x.error(S.onlySetDOMPolicyOnce);pt=t},setAttribute(t,e,r){r==null?t.removeAttribute(e):t.setAttribute(e,r)},setBooleanAttribute(t,e,r){r?t.setAttribute(e,""):t.removeAttribute(e)}});var sr="boolean",ro="reflect",ye=Object.freeze({locate:lt()}),oo={toView(t){return t?"":null},fromView(t){return!!t}};var Re=class t{constructor(e,r,o=r.toLowerCase(),n=ro,a){this.guards=new Set,this.Owner=e,this.name=r,this.attribute=o,this.mode=n,this.converter=a,this.fieldName=`_${r}`,this.callbackName=`${r}Changed`,this.hasCallback=this.callbackName in e.prototype,n===sr&&a===void 0&&(this.converter=oo)}setValue(e,r){let o=e[this.fieldName],n=this.converter;n!==void 0&&(r=n.fromView(r)),o!==r&&(e[this.fieldName]=r,this.tryReflectToAttribute(e),this.hasCallback&&e[this.callbackName](o,r),e.$fastController.notify(this.name))}getValue(e){return B.track(e,this.name),e[this.fieldName]}onAttributeChangedCallback(e,r){this.guards.has(e)||(this.guards.add(e),this.mode===sr?this.setValue(e,r!==null):this.setValue(e,r),this.guards.delete(e))}tryReflectToAttribute(e){let r=this.mode,o=this.guards;o.has(e)||r==="fromView"||Q.enqueue(()=>{o.add(e);let n=e[this.fieldName];switch(r){case ro:{let a=this.converter;ee.setAttribute(e,this.attribute,a!==void 0?a.toView(n):n);break}case sr:ee.setBooleanAttribute(e,this.attribute,n);break}o.delete(e)})}static collect(e,...r){let o=[];r.push(ye.locate(e));for(let n=0,a=r.length;n<a;++n){let i=r[n];if(i!==void 0)for(let c=0,u=i.length;c<u;++c){let d=i[c];D(d)?o.push(new t(e,d)):o.push(new t(e,d.property,d.attribute,d.mode,d.converter))}}return o}};function v(t,e){let r;function o(n,a){arguments.length>1&&(r.property=a),ye.locate(n.constructor).push(r)}if(arguments.length>1){r={},o(t,e);return}return r=t===void 0?{}:t,o}var lr;function no(t){return t.reduce((e,r)=>(r instanceof M?e.push(...no(r.styles)):e.push(r),e),[])}var M=class t{get strategy(){return this._strategy===null&&(lr||t.setDefaultStrategy(t.supportsAdoptedStyleSheets?hi():mi()),this.withStrategy(lr)),this._strategy}constructor(e){this.styles=e,this.targets=new WeakSet,this._strategy=null}addStylesTo(e){this.strategy.addStylesTo(e),this.targets.add(e)}removeStylesFrom(e){this.strategy.removeStylesFrom(e),this.targets.delete(e)}isAttachedTo(e){return this.targets.has(e)}withStrategy(e){return this._strategy=new e(no(this.styles)),this}static setDefaultStrategy(e){lr=e}static normalize(e){return e===void 0?void 0:Array.isArray(e)?new t(e):e instanceof t?e:new t([e])}};M.supportsAdoptedStyleSheets=Array.isArray(document.adoptedStyleSheets)&&"replace"in CSSStyleSheet.prototype;function hi(){let t=new Map;return class{constructor(r){this.sheets=r.map(o=>{if(o instanceof CSSStyleSheet)return o;let n=t.get(o);return n===void 0&&(n=new CSSStyleSheet,n.replaceSync(o),t.set(o,n)),n})}addStylesTo(r){let o=r;o.adoptedStyleSheets=[...o.adoptedStyleSheets,...this.sheets]}removeStylesFrom(r){let o=r;o.adoptedStyleSheets=o.adoptedStyleSheets.filter(n=>this.sheets.indexOf(n)===-1)}}}var fi=0;function mi(){return class{constructor(e){this.styles=e,this.styleClass=`fast-${++fi}`}addStylesTo(e){let r=e===document?document.body:e;for(let o=0;o<this.styles.length;o++){let n=document.createElement("style");n.innerHTML=this.styles[o],n.className=this.styleClass,r.append(n)}}removeStylesFrom(e){let r=e===document?document.body:e,o=r.querySelectorAll(`.${this.styleClass}`);for(let n=0,a=o.length;n<a;++n)r.removeChild(o[n])}}}var vi={},ao=new WeakMap,cr=Be(),xe=Object.freeze({register(t){if(!cr.register(t))return!1;let e=so(t.registry);return Object.prototype.hasOwnProperty.call(e,t.name)||B.defineProperty(e,t.name),e[t.name]=t.type,!0},getByType:cr.getByType,getForInstance:cr.getForInstance,whenRegistered:bi});function so(t=customElements){if(t===customElements)return vi;let e=ao.get(t);return e||(e={},ao.set(t,e)),e}function io(t){return t===void 0?void 0:xe.getByType(t)}function bi(t,e=customElements){let r=so(e);Object.prototype.hasOwnProperty.call(r,t)||B.defineProperty(r,t);let o=io(r[t]);return o!==void 0?Promise.resolve(o):new Promise(n=>{let a=B.getNotifier(r),i={handleChange:()=>{let c=io(r[t]);c!==void 0&&(a.unsubscribe(i,t),n(c))}};a.subscribe(i,t)})}var lo={mode:"open"},co={},uo=new Set,ht=new WeakMap,gt=new WeakMap,pe=new WeakMap,po=new WeakMap,Bi=new WeakMap;function Si(t){return V(t)}function ki(t){return typeof t?.then=="function"}function go(t,e){if(gt.delete(t),t.template===void 0&&e!==void 0&&(t.template=e),t.template!==void 0)return pe.delete(t),ht.delete(t),t.template}function dr(t,e=t.registry,r){if(!r?.length)return;let o=t,n=po.get(o);if(!n?.has(e)){n===void 0&&(n=new WeakSet,po.set(o,n)),n.add(e);for(let a of r)a(t)}}function ft(t){var e;return(e=Bi.get(t))!==null&&e!==void 0?e:null}function ur(t){if(t.template!==void 0)return pe.delete(t),t.template;let e=gt.get(t);if(e)return e;let r=ht.get(t);if(!r)return;pe.delete(t);let o;try{o=r(t)}catch(n){throw pe.set(t,n),n}if(ki(o)){let n=Promise.resolve(o).then(a=>go(t,a)).catch(a=>{throw gt.delete(t),pe.set(t,a),a});return gt.set(t,n),n}return go(t,o)}function yi(t,e){let r=t;if(e===void 0){pe.delete(r);return}pe.set(r,e)}var z=class t{get isDefined(){return this.platformDefined}constructor(e,r=e.definition){var o;this.platformDefined=!1,D(r)&&(r={name:r}),this.type=e,this.name=r.name,this.registry=(o=r.registry)!==null&&o!==void 0?o:customElements,Si(r.template)?ht.set(this,r.template):this.template=r.template;let n=e.prototype,a=Re.collect(e,r.attributes),i=new Array(a.length),c={},u={};for(let d=0,l=a.length;d<l;++d){let p=a[d];i[d]=p.attribute,c[p.name]=p,u[p.attribute]=p,B.defineProperty(n,p)}Reflect.defineProperty(e,"observedAttributes",{value:i,enumerable:!0}),this.attributes=a,this.propertyLookup=c,this.attributeLookup=u,this.shadowOptions=r.shadowOptions===void 0?lo:r.shadowOptions===null?void 0:Object.assign(Object.assign({},lo),r.shadowOptions),this.elementOptions=r.elementOptions===void 0?co:Object.assign(Object.assign({},co),r.elementOptions),this.styles=M.normalize(r.styles),this.schema=r.schema,xe.register(this)}define(e=this.registry,r){let o=this.type;if(!e.get(this.name)){if(dr(this,e,r),this.template===void 0&&ht.has(this))return Promise.resolve().then(()=>ur(this)).then(n=>{n!==void 0&&!e.get(this.name)&&(this.platformDefined=!0,e.define(this.name,o,this.elementOptions))}).catch(n=>{yi(this,n),B.notify(this,"template")}),this;this.platformDefined=!0,e.define(this.name,o,this.elementOptions)}return this}static compose(e,r){let o=uo.has(e)||xe.getByType(e)?new t(class extends e{},r):new t(e,r);return Promise.resolve(o)}static registerBaseType(e){uo.add(e)}};z.getByType=xe.getByType;z.getForInstance=xe.getForInstance;B.defineProperty(z.prototype,"template");var xi={bubbles:!0,composed:!0,cancelable:!0},pr="isConnected",mo=new WeakMap,gr=Symbol("fast-late-attribute-observer");function mt(t){var e,r;return(r=(e=t.shadowRoot)!==null&&e!==void 0?e:mo.get(t))!==null&&r!==void 0?r:null}var ho,I;(function(t){t[t.connecting=0]="connecting",t[t.connected=1]="connected",t[t.disconnecting=2]="disconnecting",t[t.disconnected=3]="disconnected"})(I||(I={}));var de=class t{get isConnected(){return B.track(this,pr),this.stage===I.connected}get context(){var e,r;return(r=(e=this.view)===null||e===void 0?void 0:e.context)!==null&&r!==void 0?r:Z.default}get isBound(){var e,r;return(r=(e=this.view)===null||e===void 0?void 0:e.isBound)!==null&&r!==void 0?r:!1}get sourceLifetime(){var e;return(e=this.view)===null||e===void 0?void 0:e.sourceLifetime}get template(){var e;if(this._template===null){let r=this.definition;this.source.resolveTemplate?this._template=this.source.resolveTemplate():r.template&&(this._template=(e=r.template)!==null&&e!==void 0?e:null)}return this._template}set template(e){this._template!==e&&(this._template=e,this.needsInitialization||this.renderTemplate(e))}get shadowOptions(){return this._shadowRootOptions}set shadowOptions(e){if(this._shadowRootOptions===void 0&&e!==void 0){this._shadowRootOptions=e;let r=this.source.shadowRoot;r?this.hasExistingShadowRoot=!0:(r=this.source.attachShadow(e),e.mode==="closed"&&mo.set(this.source,r))}}get mainStyles(){var e;if(this._mainStyles===null){let r=this.definition;this.source.resolveStyles?this._mainStyles=this.source.resolveStyles():r.styles&&(this._mainStyles=(e=r.styles)!==null&&e!==void 0?e:null)}return this._mainStyles}set mainStyles(e){this._mainStyles!==e&&(this._mainStyles!==null&&this.removeStyles(this._mainStyles),this._mainStyles=e,this.needsInitialization||this.addStyles(e))}constructor(e,r){this.boundObservables=null,this.needsInitialization=!0,this.hasExistingShadowRoot=!1,this.isPrerendered=new Promise(a=>{this._resolvePrerendered=a}),this.isHydrated=new Promise(a=>{this._resolveHydrated=a}),this._template=null,this.stage=I.disconnected,this.guardBehaviorConnection=!1,this.behaviors=null,this.behaviorsConnected=!1,this._mainStyles=null,this.$fastController=this,this.view=null,this._notifier=new ke(e),this.source=e,this.definition=r,this.shadowOptions=r.shadowOptions;let o=Reflect.getPrototypeOf(e),n=o===null?[]:B.getAccessors(o);if(n.length>0){let a=this.boundObservables=Object.create(null);for(let i=0,c=n.length;i<c;++i){let u=n[i].name,d=e[u];d!==void 0&&(delete e[u],a[u]=d)}Object.keys(a).length===0&&(this.boundObservables=null)}this.captureBoundObservables()}get subject(){return this._notifier.subject}notify(e){this._notifier.notify(e)}subscribe(e,r){this._notifier.subscribe(e,r)}unsubscribe(e,r){this._notifier.unsubscribe(e,r)}onUnbind(e){var r;(r=this.view)===null||r===void 0||r.onUnbind(e)}addBehavior(e){var r,o;let n=(r=this.behaviors)!==null&&r!==void 0?r:this.behaviors=new Map,a=(o=n.get(e))!==null&&o!==void 0?o:0;a===0?(n.set(e,1),e.addedCallback&&e.addedCallback(this),e.connectedCallback&&!this.guardBehaviorConnection&&(this.stage===I.connected||this.stage===I.connecting)&&e.connectedCallback(this)):n.set(e,a+1)}removeBehavior(e,r=!1){let o=this.behaviors;if(o===null)return;let n=o.get(e);n!==void 0&&(n===1||r?(o.delete(e),e.disconnectedCallback&&this.stage!==I.disconnected&&e.disconnectedCallback(this),e.removedCallback&&e.removedCallback(this)):o.set(e,n-1))}addStyles(e){var r;if(!e)return;let o=this.source;e instanceof HTMLElement?((r=mt(o))!==null&&r!==void 0?r:this.source).append(e):e.isAttachedTo(o)||e.addStylesTo(o)}removeStyles(e){var r;if(!e)return;let o=this.source;e instanceof HTMLElement?((r=mt(o))!==null&&r!==void 0?r:o).removeChild(e):e.isAttachedTo(o)&&e.removeStylesFrom(o)}connect(){this.stage===I.disconnected&&(this.stage=I.connecting,this.captureBoundObservables(),this.syncLateAttributes(),this.observeLateAttributes(),this.bindObservables(),this.connectBehaviors(),this.needsInitialization?(this.renderTemplate(this.template),this.addStyles(this.mainStyles),this.needsInitialization=!1):this.view!==null&&this.view.bind(this.source),this.stage=I.connected,B.notify(this,pr))}bindObservables(){if(this.boundObservables!==null){let e=this.source,r=this.boundObservables,o=Object.keys(r);for(let n=0,a=o.length;n<a;++n){let i=o[n];e[i]=r[i]}this.boundObservables=null}}captureBoundObservables(){let e=this.source,r=Object.getOwnPropertyNames(e),o=a=>{let i=Reflect.getPrototypeOf(e);for(;i!==null;){let c=Reflect.getOwnPropertyDescriptor(i,a);if(c?.get||c?.set)return!0;i=Reflect.getPrototypeOf(i)}return!1},n=this.boundObservables;for(let a=0,i=r.length;a<i;++a){let u=r[a];if(!o(u))continue;let d=e[u];if(d===void 0){delete e[u];continue}delete e[u],(n??(n=this.boundObservables=Object.create(null)))[u]=d}}syncLateAttributes(){let e=ft(this.definition);if(e!==null)for(let r of Object.keys(e))this.source.hasAttribute(r)&&this.onAttributeChangedCallback(r,null,this.source.getAttribute(r))}observeLateAttributes(){let e=ft(this.definition);if(e===null)return;let r=this.source;r[gr]===void 0&&(r[gr]=new MutationObserver(o=>{let n=r.$fastController,a=ft(n.definition);if(a!==null)for(let i=0,c=o.length;i<c;++i){let u=o[i].attributeName;u===null||a[u]===void 0||n.onAttributeChangedCallback(u,null,r.getAttribute(u))}}),r[gr].observe(r,{attributes:!0,attributeFilter:Object.keys(e)}))}connectBehaviors(){if(this.behaviorsConnected===!1){let e=this.behaviors;if(e!==null){this.guardBehaviorConnection=!0;for(let r of e.keys())r.connectedCallback&&r.connectedCallback(this);this.guardBehaviorConnection=!1}this.behaviorsConnected=!0}}disconnectBehaviors(){if(this.behaviorsConnected===!0){let e=this.behaviors;if(e!==null)for(let r of e.keys())r.disconnectedCallback&&r.disconnectedCallback(this);this.behaviorsConnected=!1}}disconnect(){this.stage===I.connected&&(this.stage=I.disconnecting,B.notify(this,pr),this.view!==null&&this.view.unbind(),this.disconnectBehaviors(),this.stage=I.disconnected)}onAttributeChangedCallback(e,r,o){let n=this.definition.attributeLookup[e];n!==void 0&&n.onAttributeChangedCallback(this.source,o)}emit(e,r,o){return this.stage===I.connected?this.source.dispatchEvent(new CustomEvent(e,Object.assign(Object.assign({detail:r},xi),o))):!1}renderTemplate(e){var r;let o=this.source,n=(r=mt(o))!==null&&r!==void 0?r:o;if(this.view!==null)this.view.dispose(),this.view=null;else if((!this.needsInitialization||this.hasExistingShadowRoot)&&(!this.hasExistingShadowRoot||!this.needsInitialization))for(let a=n.firstChild;a!==null;a=n.firstChild)n.removeChild(a);if(e){let a=this.hasExistingShadowRoot&&this.needsInitialization,i=!1;a&&t.hydrationHook&&(i=t.hydrationHook(this,e,o,n)),i||this.renderClientSide(e,o,n),this._resolvePrerendered(a),this._resolveHydrated(i)}else this.needsInitialization&&(this._resolvePrerendered(!1),this._resolveHydrated(!1))}renderClientSide(e,r,o){if(this.hasExistingShadowRoot){for(let n=o.firstChild;n!==null;n=o.firstChild)o.removeChild(n);this.hasExistingShadowRoot=!1}this.view=e.render(r,o,r),this.view.sourceLifetime=ce.coupled}static forCustomElement(e,r=!1){let o=e.$fastController;if(o!==void 0&&!r)return o;let n=z.getForInstance(e);if(n===void 0)throw x.error(S.missingElementDefinition);return B.getNotifier(n).subscribe({handleChange:()=>{t.forCustomElement(e,!0),e.$fastController.connect()}},"template"),B.getNotifier(n).subscribe({handleChange:()=>{t.forCustomElement(e,!0),e.$fastController.connect()}},"shadowOptions"),e.$fastController=new ho(e,n)}static setStrategy(e){ho=e}static installHydrationHook(e){t.hydrationHook=e}};de.hydrationHook=null;$(de);de.setStrategy(de);function vt(t){var e;return"adoptedStyleSheets"in t?t:(e=mt(t))!==null&&e!==void 0?e:t.getRootNode()}var bt=class t{constructor(e){let r=t.styleSheetCache;this.sheets=e.map(o=>{if(o instanceof CSSStyleSheet)return o;let n=r.get(o);return n===void 0&&(n=new CSSStyleSheet,n.replaceSync(o),r.set(o,n)),n})}addStylesTo(e){vo(vt(e),this.sheets)}removeStylesFrom(e){bo(vt(e),this.sheets)}};bt.styleSheetCache=new Map;var Pi=0,Ni=()=>`fast-${++Pi}`;function fo(t){return t===document?document.body:t}var hr=class{constructor(e){this.styles=e,this.styleClass=Ni()}addStylesTo(e){e=fo(vt(e));let r=this.styles,o=this.styleClass;for(let n=0;n<r.length;n++){let a=document.createElement("style");a.innerHTML=r[n],a.className=o,e.append(a)}}removeStylesFrom(e){e=fo(vt(e));let r=e.querySelectorAll(`.${this.styleClass}`);for(let o=0,n=r.length;o<n;++o)e.removeChild(r[o])}},vo=(t,e)=>{t.adoptedStyleSheets=[...t.adoptedStyleSheets,...e]},bo=(t,e)=>{t.adoptedStyleSheets=t.adoptedStyleSheets.filter(r=>e.indexOf(r)===-1)};if(M.supportsAdoptedStyleSheets){try{document.adoptedStyleSheets.push(),document.adoptedStyleSheets.splice(),vo=(t,e)=>{t.adoptedStyleSheets.push(...e)},bo=(t,e)=>{for(let r of e){let o=t.adoptedStyleSheets.indexOf(r);o!==-1&&t.adoptedStyleSheets.splice(o,1)}}}catch{}M.setDefaultStrategy(bt)}else M.setDefaultStrategy(hr);function Bo(t){let e=class extends t{constructor(){super(),de.forCustomElement(this)}$emit(r,o,n){return this.$fastController.emit(r,o,n)}connectedCallback(){this.$fastController.connect()}disconnectedCallback(){this.$fastController.disconnect()}attributeChangedCallback(r,o,n){this.$fastController.onAttributeChangedCallback(r,o,n)}};return z.registerBaseType(e),e}function Fi(t){return typeof t?.then=="function"}function wi(t,e,r){return Array.isArray(e)&&(r=e,e=void 0),(V(t)?z.compose(t,e):z.compose(this,t)).then(n=>{dr(n,n.registry,r);let a=ur(n);return Fi(a)?a.then(()=>n.define().type):n.define().type})}function Ti(t){return Bo(t)}var ge=Object.assign(Bo(HTMLElement),{from:Ti,define:wi});var fr=Be(),mr=Object.freeze({getForInstance:fr.getForInstance,getByType:fr.getByType,define(t){return fr.register({type:t}),t}});function So(t,e){let r=[],o="";for(let n=0,a=t.length-1;n<a;++n){o+=t[n];let i=e[n];mr.getForInstance(i)!==void 0&&(i=i.createCSS()),i instanceof M||i instanceof CSSStyleSheet?(o.trim()!==""&&(r.push(o),o=""),r.push(i)):o+=i}return o+=t[t.length-1],o.trim()!==""&&r.push(o),r}var A=((t,...e)=>new M(So(t,e))),Bt=class{constructor(e){this.value=e.length===0?"":e.length===1?e[0]:new M(e)}createCSS(){return this.value}};mr.define(Bt);A.partial=(t,...e)=>new Bt(So(t,e));var vr=`fast-${Math.random().toString(36).substring(2,8)}`,St=`${vr}{`,_e=`}${vr}`,Ai=_e.length,Hi=0,ze=()=>`${vr}-${++Hi}`,kt=Object.freeze({interpolation:t=>`${St}${t}${_e}`,attribute:t=>`${ze()}="${St}${t}${_e}"`,comment:t=>`<!--${St}${t}${_e}-->`}),je=Object.freeze({parse(t,e){let r=t.split(St);if(r.length===1)return null;let o=[];for(let n=0,a=r.length;n<a;++n){let i=r[n],c=i.indexOf(_e),u;if(c===-1)u=i;else{let d=i.substring(0,c);o.push(e[d]),u=i.substring(c+Ai)}u!==""&&o.push(u)}return o}});var br=Be(),L=Object.freeze({getForInstance:br.getForInstance,getByType:br.getByType,define(t,e){return e=e||{},e.type=t,br.register(e),t},assignAspect(t,e){if(!e){t.aspectType=P.content;return}switch(t.sourceAspect=e,e[0]){case":":t.targetAspect=e.substring(1),t.aspectType=t.targetAspect==="classList"?P.tokenList:P.property;break;case"?":t.targetAspect=e.substring(1),t.aspectType=P.booleanAttribute;break;case"@":t.targetAspect=e.substring(1),t.aspectType=P.event;break;default:t.targetAspect=e,t.aspectType=P.attribute;break}}});var he=class{constructor(e){this.options=e}createHTML(e){return kt.attribute(e(this))}createBehavior(){return this}};$(he);var yt=class extends he{get id(){return this._id}set id(e){this._id=e,this._controllerProperty=`${e}-c`}bind(e){let r=e.targets[this.targetNodeId];r[this._controllerProperty]=e,this.updateTarget(e.source,this.computeNodes(r)),this.observe(r),e.onUnbind(this)}unbind(e){let r=e.targets[this.targetNodeId];this.updateTarget(e.source,Qr),this.disconnect(r),r[this._controllerProperty]=null}getSource(e){return e[this._controllerProperty].source}updateTarget(e,r){e[this.options.property]=r}computeNodes(e){let r=this.getNodes(e);return"filter"in this.options&&(r=r.filter(this.options.filter)),r}};var ko=/fe-b\$\$start\$\$(\d+)\$\$(.+)\$\$fe-b/,Ci=/fe-b\$\$end\$\$(\d+)\$\$(.+)\$\$fe-b/,Li=/fe-repeat\$\$start\$\$(\d+)\$\$fe-repeat/,Di=/fe-repeat\$\$end\$\$(\d+)\$\$fe-repeat/,$i=/^(?:.{0,1000})fe-eb\$\$start\$\$(.+?)\$\$fe-eb/,Mi=/fe-eb\$\$end\$\$(.{0,1000})\$\$fe-eb(?:.{0,1000})$/;function yo(t){return t&&t.nodeType===Node.COMMENT_NODE}var R=Object.freeze({attributeMarkerName:"data-fe",legacyAttributeMarkerName:"data-fe-b",legacyCompactAttributeMarkerName:"data-fe-c",contentBindingStartMarker(){return"fe:b"},contentBindingEndMarker(){return"fe:/b"},repeatStartMarker(){return"fe:r"},repeatEndMarker(){return"fe:/r"},elementBoundaryStartMarker(){return"fe:e"},elementBoundaryEndMarker(){return"fe:/e"},isContentBindingStartMarker(t){return t==="fe:b"||ko.test(t)},isContentBindingEndMarker(t){return t==="fe:/b"||Ci.test(t)},isRepeatViewStartMarker(t){return t==="fe:r"||Li.test(t)},isRepeatViewEndMarker(t){return t==="fe:/r"||Di.test(t)},isElementBoundaryStartMarker(t){return yo(t)&&(t.data==="fe:e"||$i.test(t.data))},isElementBoundaryEndMarker(t){return yo(t)&&(t.data==="fe:/e"||Mi.test(t.data))},parseAttributeBindingCount(t){let e=t.getAttribute(this.attributeMarkerName);if(e===null)return null;let r=e.trim();if(!/^\d+$/.test(r))throw x.error(S.invalidHydrationAttributeMarker,{value:e});let o=parseInt(r,10);if(o<1)throw x.error(S.invalidHydrationAttributeMarker,{value:e});return o},parseLegacyAttributeBindingIndices(t){let e=[],r=t.getAttribute(this.legacyAttributeMarkerName);if(r!==null)for(let a of r.trim().split(/\s+/)){if(a==="")continue;let i=Number(a);if(!Number.isInteger(i)||i<0)throw x.error(S.invalidHydrationAttributeMarker,{value:r});e.push(i)}let o=`${this.legacyAttributeMarkerName}-`,n=`${this.legacyCompactAttributeMarkerName}-`;for(let a of t.getAttributeNames())if(a.startsWith(o)){let i=Number(a.slice(o.length));if(!Number.isInteger(i)||i<0)throw x.error(S.invalidHydrationAttributeMarker,{value:a});e.push(i)}else if(a.startsWith(n)){let[i,c]=a.slice(n.length).split("-").map(u=>Number(u));if(!Number.isInteger(i)||!Number.isInteger(c)||i<0||c<1)throw x.error(S.invalidHydrationAttributeMarker,{value:a});for(let u=0;u<c;u++)e.push(i+u)}return e.length===0?null:e},removeLegacyAttributeBindingMarkers(t){t.removeAttribute(this.legacyAttributeMarkerName);for(let e of t.getAttributeNames())(e.startsWith(`${this.legacyAttributeMarkerName}-`)||e.startsWith(`${this.legacyCompactAttributeMarkerName}-`))&&t.removeAttribute(e)},parseLegacyContentBindingStartIndex(t){return Ii(ko,t)}});function Ii(t,e){let r=t.exec(e);return r===null?null:Number(r[1])}var We=Symbol.for("fe-hydration");function xt(t){return t[We]===We}var xo="unknown";function Po(t,e){let r=e?`: ${e}`:"";return`Hydration mismatch in <${t}>${r}. Install hydrationDebugger() from "@microsoft/fast-element/hydration.js" and pass it as enableHydration({ debugger: hydrationDebugger() }) for an "Expected / Received" report including the SSR HTML snippet.`}var No="content following `<!--fe:b-->` content binding marker",Fo="matching `<!--fe:/b-->` content binding close marker",wo="matching `<!--fe:/e-->` element boundary close marker";function Br(t){return`no more attribute bindings (template defines ${t})`}function To(t){return`no more content bindings (template defines ${t})`}function Ao(t,e){let r=(t??xo).toLowerCase();return Po(r,e)}var Oi={formatBindingMismatch(t,e,r,o){return{message:Ao(o,void 0)}},formatStructuralError(t,e,r){return{message:Ao(e,r)}}},Ei=Oi;function te(){return Ei}function re(t){var e;return t?(e=t.getRootNode().host)===null||e===void 0?void 0:e.nodeName:void 0}var U=class extends Error{constructor(e,r,o,n,a){super(e),this.factories=r,this.node=o,this.expected=n,this.received=a}};function Sr(t){return t.nodeType===Node.COMMENT_NODE}function Ho(t){return t.nodeType===Node.TEXT_NODE}function kr(t,e){let r=document.createRange();return r.setStart(t,0),r.setEnd(e,Sr(e)||Ho(e)?e.data.length:e.childNodes.length),r}function Co(t,e,r){let o=kr(t,e),n=o.commonAncestorContainer,a=document.createTreeWalker(n,NodeFilter.SHOW_ELEMENT+NodeFilter.SHOW_COMMENT+NodeFilter.SHOW_TEXT,{acceptNode(p){return o.comparePoint(p,0)===0?NodeFilter.FILTER_ACCEPT:NodeFilter.FILTER_REJECT}}),i={},c={},u=zi(r),d=u,l=a.currentNode=t;for(;l!==null;){switch(l.nodeType){case Node.ELEMENT_NODE:{let p=l,m=R.parseLegacyAttributeBindingIndices(p);if(m!==null){for(let T of m){let G=T+u,se=r[G];if(!se){let Ee=Br(r.length),tr=te().formatStructuralError(l,re(l),Ee);throw new U(tr.message,r,p,tr.expected,tr.received)}Pe(se,l,i),d=Math.max(d,G+1)}R.removeLegacyAttributeBindingMarkers(p);break}let y=R.parseAttributeBindingCount(p);if(y!==null){for(let T=0;T<y;T++){let G=r[d++];if(!G){let se=Br(r.length),Ee=te().formatStructuralError(l,re(l),se);throw new U(Ee.message,r,l,Ee.expected,Ee.received)}Pe(G,l,i)}p.removeAttribute(R.attributeMarkerName)}break}case Node.COMMENT_NODE:{let p=l.data;if(R.isElementBoundaryStartMarker(l))l.data="",_i(a,r,l);else if(R.isContentBindingStartMarker(p)){let m=R.parseLegacyContentBindingStartIndex(p),y=m===null?d++:m+u,T=r[y];if(d=Math.max(d,y+1),!T){let G=To(r.length),se=te().formatStructuralError(l,re(l),G);throw new U(se.message,r,l,se.expected,se.received)}Ri(l,a,T,r,i,c)}break}}l=a.nextNode()}return o.detach(),{targets:i,boundaries:c}}function Ri(t,e,r,o,n,a){let i=[],c=e.nextSibling();if(t.data="",c===null){let l=No,p=te().formatStructuralError(t,re(t),l);throw new U(p.message,o,t,p.expected,p.received)}let u=c,d=0;for(;c!==null;){if(Sr(c)){if(R.isContentBindingStartMarker(c.data))d++;else if(R.isContentBindingEndMarker(c.data)){if(d===0)break;d--}}i.push(c),c=e.nextSibling()}if(c===null){let l=Fo,p=te().formatStructuralError(t,re(t),l);throw new U(p.message,o,t,p.expected,p.received)}if(c.data="",i.length===1&&Ho(i[0]))Pe(r,i[0],n);else{c!==u&&c.previousSibling!==null&&(a[r.targetNodeId]={first:u,last:c.previousSibling});let l=c.parentNode.insertBefore(document.createTextNode(""),c);Pe(r,l,n)}}function _i(t,e,r){let o=0,n=t.nextSibling();for(;n!==null;){if(Sr(n)){if(R.isElementBoundaryStartMarker(n))n.data="",o++;else if(R.isElementBoundaryEndMarker(n)){if(o===0){n.data="";return}n.data="",o--}}n=t.nextSibling()}let a=wo,i=te().formatStructuralError(r,re(r),a);throw new U(i.message,e,r,i.expected,i.received)}function zi(t){let e=0;for(let r=0,o=t.length;r<o&&t[r].targetNodeId==="h";++r)e++;return e}function Pe(t,e,r){if(t.targetNodeId===void 0)throw new Error("Factory could not be target to the node");r[t.targetNodeId]=e}function Ne(t,e){let r=t.parentNode,o=t,n;for(;o!==e;){if(n=o.nextSibling,!n)throw new Error(`Unmatched first/last child inside "${e.getRootNode().host.nodeName}".`);r.removeChild(o),o=n}r.removeChild(e)}var Ge=class{constructor(){this.index=0,this.length=0}get event(){return Z.getEvent()}get isEven(){return this.index%2===0}get isOdd(){return this.index%2!==0}get isFirst(){return this.index===0}get isInMiddle(){return!this.isFirst&&!this.isLast}get isLast(){return this.index===this.length-1}eventDetail(){return this.event.detail}eventTarget(){return this.event.target}},fe=class extends Ge{constructor(e,r,o){super(),this.fragment=e,this.factories=r,this.targets=o,this.behaviors=null,this.unbindables=[],this.source=null,this.isBound=!1,this.sourceLifetime=ce.unknown,this._skipAttrUpdates=!1,this.isPrerendered=Promise.resolve(!1),this.isHydrated=Promise.resolve(!1),this.context=this,this.firstChild=e.firstChild,this.lastChild=e.lastChild}appendTo(e){e.appendChild(this.fragment)}insertBefore(e){if(this.fragment.hasChildNodes())e.parentNode.insertBefore(this.fragment,e);else{let r=this.lastChild;if(e.previousSibling===r)return;let o=e.parentNode,n=this.firstChild,a;for(;n!==r;)a=n.nextSibling,o.insertBefore(n,e),n=a;o.insertBefore(r,e)}}remove(){let e=this.fragment,r=this.lastChild,o=this.firstChild,n;for(;o!==r;)n=o.nextSibling,e.appendChild(o),o=n;e.appendChild(r)}dispose(){Ne(this.firstChild,this.lastChild),this.unbind()}onUnbind(e){this.unbindables.push(e)}bind(e,r=this){if(this.source===e&&this.context===r)return;let o=this.behaviors;if(o===null){this.source=e,this.context=r,this.behaviors=o=new Array(this.factories.length);let n=this.factories;for(let a=0,i=n.length;a<i;++a){let c=n[a].createBehavior();c.bind(this),o[a]=c}}else{this.source!==null&&this.evaluateUnbindables(),this.isBound=!1,this.source=e,this.context=r;for(let n=0,a=o.length;n<a;++n)o[n].bind(this)}this.isBound=!0}unbind(){!this.isBound||this.source===null||(this.evaluateUnbindables(),this.source=null,this.context=this,this.isBound=!1)}evaluateUnbindables(){let e=this.unbindables;for(let r=0,o=e.length;r<o;++r)e[r].unbind(this);e.length=0}static disposeContiguousBatch(e){if(e.length!==0){Ne(e[0].firstChild,e[e.length-1].lastChild);for(let r=0,o=e.length;r<o;++r)e[r].unbind()}}};$(fe);B.defineProperty(fe.prototype,"index");B.defineProperty(fe.prototype,"length");var Lo,me={unhydrated:"unhydrated",hydrating:"hydrating",hydrated:"hydrated"},yr=class extends Error{constructor(e,r,o,n,a,i){super(e),this.factory=r,this.fragment=o,this.templateString=n,this.expected=a,this.received=i}},xr=class extends Ge{get hydrationStage(){return this._hydrationStage}get targets(){return this._targets}get bindingViewBoundaries(){return this._bindingViewBoundaries}constructor(e,r,o,n){super(),this.firstChild=e,this.lastChild=r,this.sourceTemplate=o,this.hostBindingTarget=n,this[Lo]=We,this.context=this,this.source=null,this.isBound=!1,this.sourceLifetime=ce.unknown,this.unbindables=[],this.fragment=null,this.behaviors=null,this._hydrationStage=me.unhydrated,this._bindingViewBoundaries={},this._targets={},this.factories=o.compile().factories}insertBefore(e){if(this.fragment!==null)if(this.fragment.hasChildNodes())e.parentNode.insertBefore(this.fragment,e);else{let r=this.lastChild;if(e.previousSibling===r)return;let o=e.parentNode,n=this.firstChild,a;for(;n!==r;)a=n.nextSibling,o.insertBefore(n,e),n=a;o.insertBefore(r,e)}}appendTo(e){this.fragment!==null&&e.appendChild(this.fragment)}remove(){let e=this.fragment||(this.fragment=document.createDocumentFragment()),r=this.lastChild,o=this.firstChild,n;for(;o!==r;){if(n=o.nextSibling,!n)throw new Error(`Unmatched first/last child inside "${r.getRootNode().host.nodeName}".`);e.appendChild(o),o=n}e.appendChild(r)}bind(e,r=this){if(this.source===e&&this.context===r)return;this.hydrationStage!==me.hydrated&&(this._hydrationStage=me.hydrating);let o=this.behaviors;if(o===null){this.source=e,this.context=r;try{let{targets:a,boundaries:i}=Co(this.firstChild,this.lastChild,this.factories);this._targets=a,this._bindingViewBoundaries=i}catch(a){if(a instanceof U){let i=this.sourceTemplate.html;typeof i!="string"&&(i=i.innerHTML),a.templateString=i}throw a}this.behaviors=o=new Array(this.factories.length);let n=this.factories;for(let a=0,i=n.length;a<i;++a){let c=n[a];if(c.targetNodeId==="h"&&this.hostBindingTarget&&Pe(c,this.hostBindingTarget,this._targets),c.targetNodeId in this.targets){let u=c.createBehavior();u.bind(this),o[a]=u}else{let u=this.sourceTemplate.html;typeof u!="string"&&(u=u.innerHTML);let d=kr(this.firstChild,this.lastChild).cloneContents(),l=te().formatBindingMismatch(c,this.firstChild,this.lastChild,re(this.firstChild));throw new yr(l.message,c,d,u,l.expected,l.received)}}}else{this.source!==null&&this.evaluateUnbindables(),this.isBound=!1,this.source=e,this.context=r;for(let n=0,a=o.length;n<a;++n)o[n].bind(this)}this.isBound=!0,this._hydrationStage=me.hydrated}unbind(){!this.isBound||this.source===null||(this.evaluateUnbindables(),this.source=null,this.context=this,this.isBound=!1)}dispose(){Ne(this.firstChild,this.lastChild),this.unbind()}onUnbind(e){this.unbindables.push(e)}evaluateUnbindables(){let e=this.unbindables;for(let r=0,o=e.length;r<o;++r)e[r].unbind(this);e.length=0}};Lo=We;$(xr);function ji(t){return t.create!==void 0}function Wi(t,e,r,o){if(r==null&&(r=""),ji(r)){t.textContent="";let n=t.$fastView;if(n===void 0)if(xt(o)&&xt(r)&&o.bindingViewBoundaries[this.targetNodeId]!==void 0&&o.hydrationStage!==me.hydrated){let a=o.bindingViewBoundaries[this.targetNodeId];n=r.hydrate(a.first,a.last)}else n=r.create();else t.$fastTemplate!==r&&(n.isComposed&&(n.remove(),n.unbind()),n=r.create());n.isComposed?n.needsBindOnly&&(n.needsBindOnly=!1,n.bind(o.source,o.context)):(n.isComposed=!0,n.bind(o.source,o.context),n.insertBefore(t),t.$fastView=n,t.$fastTemplate=r)}else{let n=t.$fastView;if(n!==void 0&&n.isComposed&&(n.isComposed=!1,n.remove(),n.needsBindOnly?n.needsBindOnly=!1:n.unbind()),n===void 0&&xt(o)&&o.hydrationStage!==me.hydrated){let a=o.bindingViewBoundaries[this.targetNodeId];a!==void 0&&(Ne(a.first,a.last),delete o.bindingViewBoundaries[this.targetNodeId])}t.textContent=r}}function Gi(t,e,r){var o;let n=`${this.id}-t`,a=(o=t[n])!==null&&o!==void 0?o:t[n]={v:0,cv:Object.create(null)},i=a.cv,c=a.v,u=t[e];if(r!=null&&r.length){let d=r.split(/\s+/);for(let l=0,p=d.length;l<p;++l){let m=d[l];m!==""&&(i[m]=c,u.add(m))}}if(a.v=c+1,c!==0){c-=1;for(let d in i)i[d]===c&&u.remove(d)}}var Vi={[P.attribute]:ee.setAttribute,[P.booleanAttribute]:ee.setBooleanAttribute,[P.property]:(t,e,r)=>t[e]=r,[P.content]:Wi,[P.tokenList]:Gi,[P.event]:()=>{}},K=class{constructor(e){this.updateTarget=null,this.aspectType=P.content,this.dataBinding=e}createHTML(e){return kt.interpolation(e(this))}createBehavior(){var e;if(this.updateTarget===null){let r=Vi[this.aspectType],o=(e=this.dataBinding.policy)!==null&&e!==void 0?e:this.policy;if(!r)throw x.error(S.unsupportedBindingBehavior);this.data=`${this.id}-d`,this.updateTarget=o.protect(this.targetTagName,this.aspectType,this.targetAspect,r)}return this}bind(e){var r;let o=e.targets[this.targetNodeId];switch(this.aspectType){case P.event:o[this.data]=e,o.addEventListener(this.targetAspect,this,this.dataBinding.options);break;case P.content:e.onUnbind(this);default:{let n=(r=o[this.data])!==null&&r!==void 0?r:o[this.data]=this.dataBinding.createObserver(this,this);n.target=o,n.controller=e;let a=n.bind(e);if(e._skipAttrUpdates&&(this.aspectType===P.attribute||this.aspectType===P.booleanAttribute))break;this.updateTarget(o,this.targetAspect,a,e);break}}}unbind(e){let o=e.targets[this.targetNodeId].$fastView;o!==void 0&&o.isComposed&&(o.unbind(),o.needsBindOnly=!0)}handleEvent(e){let r=e.currentTarget[this.data];if(r.isBound){Z.setEvent(e);let o=this.dataBinding.evaluate(r.source,r.context);Z.setEvent(null),o!==!0&&e.preventDefault()}}handleChange(e,r){let o=r.controller;if(!o.isBound)return;let n=r.target;this.updateTarget(n,this.targetAspect,r.bind(o),o)}};L.define(K,{aspected:!0});var Io=(t,e)=>`${t}.${e}`,Do={},q={index:0,node:null};function $o(t){t.startsWith("fast-")||x.warn(S.hostBindingWithoutHost,{name:t})}var Xi=new Proxy(document.createElement("div"),{get(t,e){$o(e);let r=Reflect.get(t,e);return V(r)?r.bind(t):r},set(t,e,r){return $o(e),Reflect.set(t,e,r)}}),Pr=class{constructor(e,r,o){this.fragment=e,this.directives=r,this.policy=o,this.proto=null,this.nodeIds=new Set,this.descriptors={},this.factories=[]}addFactory(e,r,o,n,a){var i,c;this.nodeIds.has(o)||(this.nodeIds.add(o),this.addTargetDescriptor(r,o,n)),e.id=(i=e.id)!==null&&i!==void 0?i:ze(),e.targetNodeId=o,e.targetTagName=a,e.policy=(c=e.policy)!==null&&c!==void 0?c:this.policy,this.factories.push(e)}freeze(){return this.proto=Object.create(null,this.descriptors),this}addTargetDescriptor(e,r,o){let n=this.descriptors;if(r==="r"||r==="h"||n[r])return;if(!n[e]){let i=e.lastIndexOf("."),c=e.substring(0,i),u=parseInt(e.substring(i+1),10);this.addTargetDescriptor(c,e,u)}let a=Do[r];if(!a){let i=`_${r}`;Do[r]=a={get(){var c;return(c=this[i])!==null&&c!==void 0?c:this[i]=this[e].childNodes[o]}}}n[r]=a}createView(e){let r=this.fragment.cloneNode(!0),o=Object.create(this.proto);o.r=r,o.h=e??Xi;for(let n of this.nodeIds)Reflect.get(o,n);return new fe(r,this.factories,o)}};function Oo(t,e,r,o,n,a=!1){let i=r.attributes,c=t.directives;for(let u=0,d=i.length;u<d;++u){let l=i[u],p=l.value,m=je.parse(p,c),y=null;m===null?a&&(y=new K(dt(()=>p,t.policy)),L.assignAspect(y,l.name)):y=Pt.aggregate(m,t.policy),y!==null&&(r.removeAttributeNode(l),u--,d--,t.addFactory(y,e,o,n,r.tagName))}}function Ui(t,e,r,o,n){let a=je.parse(e.textContent,t.directives);if(a===null)return q.node=e.nextSibling,q.index=n+1,q;let i,c=i=e;for(let u=0,d=a.length;u<d;++u){let l=a[u];u!==0&&(n++,o=Io(r,n),i=c.parentNode.insertBefore(document.createTextNode(""),c.nextSibling)),D(l)?i.textContent=l:(i.textContent=" ",L.assignAspect(l),t.addFactory(l,r,o,n,null)),c=i}return q.index=n+1,q.node=c.nextSibling,q}function Eo(t,e,r){let o=0,n=e.firstChild;for(;n;){let a=Ki(t,r,n,o);n=a.node,o=a.index}}function Ki(t,e,r,o){let n=Io(e,o);switch(r.nodeType){case 1:Oo(t,e,r,n,o),Eo(t,r,n);break;case 3:return Ui(t,r,e,n,o);case 8:{let a=je.parse(r.data,t.directives);a!==null&&t.addFactory(Pt.aggregate(a),e,n,o,null);break}}return q.index=o+1,q.node=r.nextSibling,q}function qi(t,e){return t&&t.nodeType===8&&je.parse(t.data,e)!==null}var Mo="TEMPLATE",Pt={compile(t,e,r=ee.policy){let o;if(D(t)){o=document.createElement(Mo),o.innerHTML=r.createHTML(t);let i=o.content.firstElementChild;i!==null&&i.tagName===Mo&&(o=i)}else o=t;!o.content.firstChild&&!o.content.lastChild&&o.content.appendChild(document.createComment(""));let n=document.adoptNode(o.content),a=new Pr(n,e,r);return Oo(a,"",o,"h",0,!0),(qi(n.firstChild,e)||n.childNodes.length===1&&Object.keys(e).length>0)&&n.insertBefore(document.createComment(""),n.firstChild),Eo(a,n,"r"),q.node=null,a.freeze()},setDefaultStrategy(t){this.compile=t},aggregate(t,e=ee.policy){if(t.length===1)return t[0];let r,o=!1,n,a=t.length,i=t.map(d=>D(d)?()=>d:(r=d.sourceAspect||r,o=o||d.dataBinding.isVolatile,n=n||d.dataBinding.policy,d.dataBinding.evaluate)),c=(d,l)=>{let p="";for(let m=0;m<a;++m)p+=i[m](d,l);return p},u=new K(ut(c,n??e,o));return L.assignAspect(u,r),u}};var Ve=class extends he{bind(e){e.source[this.options]=e.targets[this.targetNodeId]}};L.define(Ve);var Nt=t=>new Ve(t);var Yi=/([ \x09\x0a\x0c\x0d])([^\0-\x1F\x7F-\x9F "'>=/]+)([ \x09\x0a\x0c\x0d]*=[ \x09\x0a\x0c\x0d]*(?:[^ \x09\x0a\x0c\x0d"'`<>=]*|"[^"]*|'[^']*))$/,Ji=Object.create(null),j=class{constructor(e,r=Ji){this.html=e,this.factories=r}createHTML(e){let r=this.factories;for(let o in r)e(r[o]);return this.html}};j.empty=new j("");L.define(j);function Qi(t,e,r,o=L.getForInstance(t)){if(o.aspected){let n=Yi.exec(e);n!==null&&L.assignAspect(t,n[2])}return t.createHTML(r)}var Xe=class t{constructor(e,r={},o){this.policy=o,this.result=null,this.html=e,this.factories=r}compile(){return this.result===null&&(this.result=Pt.compile(this.html,this.factories,this.policy)),this.result}inline(){return new j(D(this.html)?this.html:this.html.innerHTML,this.factories)}withPolicy(e){if(this.result)throw x.error(S.cannotSetTemplatePolicyAfterCompilation);if(this.policy)throw x.error(S.onlySetTemplatePolicyOnce);return this.policy=e,this}render(e,r,o){let n=this.create(o);return n.bind(e),n.appendTo(r),n}create(e){return this.compile().createView(e)}static create(e,r,o){let n="",a=Object.create(null),i=c=>{var u;let d=(u=c.id)!==null&&u!==void 0?u:c.id=ze();return a[d]=c,d};for(let c=0,u=e.length-1;c<u;++c){let d=e[c],l=r[c],p;if(n+=d,V(l))l=new K(ut(l));else if(l instanceof le)l=new K(l);else if(!(p=L.getForInstance(l))){let m=l;l=new K(dt(()=>m))}n+=Qi(l,d,i,p)}return new t(n+e[e.length-1],a,o)}};$(Xe);var W=((t,...e)=>{if(Array.isArray(t)&&Array.isArray(t.raw))return Xe.create(t,e);throw x.error(S.directCallToHTMLTagNotAllowed)});W.partial=t=>new j(t);var Ro="slotchange",Ue=class extends yt{observe(e){e.addEventListener(Ro,this)}disconnect(e){e.removeEventListener(Ro,this)}getNodes(e){return e.assignedNodes(this.options)}handleEvent(e){let r=e.currentTarget;this.updateTarget(this.getSource(r),this.computeNodes(r))}};L.define(Ue);function Nr(t){return D(t)&&(t={property:t}),new Ue(t)}var Zi=":host([hidden]){display:none}";function Fe(t){return`${Zi}:host{display:${t}}`}var we="var(--colorNeutralForeground1)",_o="var(--colorNeutralForeground1Hover)",zo="var(--colorNeutralForeground1Pressed)";var Fr="var(--colorNeutralForeground2)",jo="var(--colorNeutralForeground2Hover)",Wo="var(--colorNeutralForeground2Pressed)";var wr="var(--colorNeutralForeground2BrandHover)",Tr="var(--colorNeutralForeground2BrandPressed)";var ue="var(--colorNeutralForeground3)";var Go="var(--colorNeutralForegroundDisabled)";var oe="var(--colorNeutralForegroundOnBrand)",Vo="var(--colorNeutralForegroundInverted)";var Xo="var(--colorNeutralForegroundStaticInverted)";var Ar="var(--colorBrandForeground1)",Uo="var(--colorBrandForeground2)";var Ko="var(--colorNeutralForeground1Static)";var ve="var(--colorNeutralBackground1)",qo="var(--colorNeutralBackground1Hover)",Yo="var(--colorNeutralBackground1Pressed)";var Jo="var(--colorNeutralBackground4)";var Qo="var(--colorNeutralBackground5)";var Zo="var(--colorSubtleBackground)",en="var(--colorSubtleBackgroundHover)",tn="var(--colorSubtleBackgroundPressed)";var Te="var(--colorTransparentBackground)",Hr="var(--colorTransparentBackgroundHover)",Cr="var(--colorTransparentBackgroundPressed)";var rn="var(--colorNeutralBackgroundDisabled)";var Ft="var(--colorBrandBackground)",on="var(--colorBrandBackgroundHover)",nn="var(--colorBrandBackgroundPressed)";var an="var(--colorBrandBackground2)";var sn="var(--colorNeutralStrokeAccessible)";var ln="var(--colorNeutralStroke1)",cn="var(--colorNeutralStroke1Hover)",dn="var(--colorNeutralStroke1Pressed)";var wt="var(--colorNeutralStroke2)";var un="var(--colorNeutralStrokeOnBrand2)";var pn="var(--colorBrandStroke1)",Tt="var(--colorBrandStroke2)";var gn="var(--colorNeutralStrokeDisabled)";var Ae="var(--colorTransparentStroke)";var Lr="var(--colorStrokeFocus2)";var hn="var(--colorPaletteRedBackground1)";var fn="var(--colorPaletteRedBackground3)";var mn="var(--colorPaletteRedBorder1)";var vn="var(--colorPaletteRedForeground1)";var Dr="var(--colorPaletteRedForeground3)";var bn="var(--colorPaletteGreenBackground1)";var Bn="var(--colorPaletteGreenBackground3)";var Sn="var(--colorPaletteGreenBorder2)",kn="var(--colorPaletteGreenForeground1)",yn="var(--colorPaletteGreenForeground2)",xn="var(--colorPaletteGreenForeground3)";var Pn="var(--colorPaletteDarkOrangeBackground1)";var Nn="var(--colorPaletteDarkOrangeBackground3)";var Fn="var(--colorPaletteDarkOrangeBorder1)";var wn="var(--colorPaletteDarkOrangeForeground1)";var $r="var(--colorPaletteDarkOrangeForeground3)",Tn="var(--colorPaletteYellowBackground1)";var An="var(--colorPaletteYellowBackground3)";var Hn="var(--colorPaletteYellowBorder1)";var At="var(--colorPaletteYellowForeground2)";var Ht="var(--borderRadiusNone)",Ct="var(--borderRadiusSmall)",Lt="var(--borderRadiusMedium)",Cn="var(--borderRadiusLarge)";var Dt="var(--borderRadiusCircular)",$t="var(--fontFamilyBase)";var Ln="var(--fontSizeBase100)",He="var(--fontSizeBase200)",Dn="var(--fontSizeBase300)",$n="var(--fontSizeBase400)";var Mn="var(--fontWeightRegular)";var Mt="var(--fontWeightSemibold)";var In="var(--lineHeightBase100)",Ce="var(--lineHeightBase200)",On="var(--lineHeightBase300)",En="var(--lineHeightBase400)";var Rn="var(--shadow2)",_n="var(--shadow4)";var It="var(--strokeWidthThin)",Le="var(--strokeWidthThick)",Ot="var(--strokeWidthThicker)",zn="var(--strokeWidthThickest)";var De="var(--spacingHorizontalXXS)",Ke="var(--spacingHorizontalXS)",Et="var(--spacingHorizontalSNudge)",jn="var(--spacingHorizontalS)";var Wn="var(--spacingHorizontalM)",Gn="var(--spacingHorizontalL)";var Vn="var(--durationFaster)";var Rt="var(--curveEasyEase)";var Xn=A.partial`
  ${Fe("inline-flex")} :host {
    position: relative;
    box-sizing: border-box;
    align-items: center;
    justify-content: center;
    font-family: ${$t};
    font-weight: ${Mt};
    font-size: ${He};
    line-height: ${Ce};
    min-width: 20px;
    height: 20px;
    padding-inline: calc(${Ke} + ${De});
    border-radius: ${Dt};
    border-color: ${Ae};
    background-color: ${Ft};
    color: ${oe};
    contain: content;
  }

  ::slotted(svg) {
    font-size: 12px;
  }

  :host(:not([appearance='ghost']))::after {
    position: absolute;
    content: '';
    top: 0;
    left: 0;
    bottom: 0;
    right: 0;
    border-style: solid;
    border-width: ${It};
    border-color: inherit;
    border-radius: inherit;
  }
`,Un=A.partial`
  :host([size='tiny']) {
    width: 6px;
    height: 6px;
    font-size: 4px;
    line-height: 4px;
    padding-inline: 0;
    min-width: unset;
  }
  :host([size='tiny']) ::slotted(svg) {
    font-size: 6px;
  }
  :host([size='extra-small']) {
    width: 10px;
    height: 10px;
    font-size: 6px;
    line-height: 6px;
    padding-inline: 0;
    min-width: unset;
  }
  :host([size='extra-small']) ::slotted(svg) {
    font-size: 10px;
  }
  :host([size='small']) {
    min-width: 16px;
    height: 16px;
    font-size: ${Ln};
    line-height: ${In};
    padding-inline: calc(${De} + ${De});
  }
  :host([size='small']) ::slotted(svg) {
    font-size: 12px;
  }
  :host([size='large']) {
    min-width: 24px;
    height: 24px;
    font-size: ${He};
    line-height: ${Ce};
    padding-inline: calc(${Ke} + ${De});
  }
  :host([size='large']) ::slotted(svg) {
    font-size: 16px;
  }
  :host([size='extra-large']) {
    min-width: 32px;
    height: 32px;
    font-size: ${He};
    line-height: ${Ce};
    padding-inline: calc(${Et} + ${De});
  }
  :host([size='extra-large']) ::slotted(svg) {
    font-size: 20px;
  }
`,Kn=A.partial`
  :host([color='danger']) {
    background-color: ${fn};
    color: ${oe};
  }

  :host([color='important']) {
    background-color: ${we};
    color: ${ve};
  }

  :host([color='informative']) {
    background-color: ${Qo};
    color: ${ue};
  }

  :host([color='severe']) {
    background-color: ${Nn};
    color: ${oe};
  }

  :host([color='subtle']) {
    background-color: ${ve};
    color: ${we};
  }

  :host([color='success']) {
    background-color: ${Bn};
    color: ${oe};
  }

  :host([color='warning']) {
    background-color: ${An};
    color: ${Ko};
  }
`,qn=A.partial`
  :host([appearance='ghost']) {
    color: ${Ar};
    background-color: initial;
  }

  :host([appearance='ghost'][color='danger']) {
    color: ${Dr};
  }

  :host([appearance='ghost'][color='important']) {
    color: ${we};
  }

  :host([appearance='ghost'][color='informative']) {
    color: ${ue};
  }

  :host([appearance='ghost'][color='severe']) {
    color: ${$r};
  }

  :host([appearance='ghost'][color='subtle']) {
    color: ${Vo};
  }

  :host([appearance='ghost'][color='success']) {
    color: ${xn};
  }

  :host([appearance='ghost'][color='warning']) {
    color: ${At};
  }
`,Yn=A.partial`
  :host([appearance='outline']) {
    border-color: currentColor;
    color: ${Ar};
    background-color: initial;
  }

  :host([appearance='outline'][color='danger']) {
    color: ${Dr};
  }

  :host([appearance='outline'][color='important']) {
    color: ${ue};
    border-color: ${sn};
  }

  :host([appearance='outline'][color='informative']) {
    color: ${ue};
    border-color: ${wt};
  }

  :host([appearance='outline'][color='severe']) {
    color: ${$r};
  }

  :host([appearance='outline'][color='subtle']) {
    color: ${Xo};
  }

  :host([appearance='outline'][color='success']) {
    color: ${yn};
  }

  :host([appearance='outline'][color='warning']) {
    color: ${At};
  }
`,Jn=A.partial`
  :host([appearance='tint']) {
    background-color: ${an};
    color: ${Uo};
    border-color: ${Tt};
  }

  :host([appearance='tint'][color='danger']) {
    background-color: ${hn};
    color: ${vn};
    border-color: ${mn};
  }

  :host([appearance='tint'][color='important']) {
    background-color: ${ue};
    color: ${ve};
    border-color: ${Ae};
  }

  :host([appearance='tint'][color='informative']) {
    background-color: ${Jo};
    color: ${ue};
    border-color: ${wt};
  }

  :host([appearance='tint'][color='severe']) {
    background-color: ${Pn};
    color: ${wn};
    border-color: ${Fn};
  }

  :host([appearance='tint'][color='subtle']) {
    background-color: ${ve};
    color: ${ue};
    border-color: ${wt};
  }

  :host([appearance='tint'][color='success']) {
    background-color: ${bn};
    color: ${kn};
    border-color: ${Sn};
  }

  :host([appearance='tint'][color='warning']) {
    background-color: ${Tn};
    color: ${At};
    border-color: ${Hn};
  }
`;var Qn=A`
  :host([shape='square']) {
    border-radius: ${Ht};
  }

  :host([shape='rounded']) {
    border-radius: ${Lt};
  }

  :host([shape='rounded']:is([size='tiny'], [size='extra-small'], [size='small'])) {
    border-radius: ${Ct};
  }

  ${Jn}
  ${Yn}
  ${qn}
  ${Kn}
  ${Un}
  ${Xn}

  @media (forced-colors: active) {
    :host,
    :host([appearance='outline']),
    :host([appearance='tint']) {
      border-color: CanvasText;
    }
  }
`;function qe(t){return t?typeof t=="string"?new j(t):"inline"in t?t.inline():t:j.empty}var $e=class{};function _t(t){return W` <slot name="end" ${Nt("end")}>${qe(t.end)}</slot> `.inline()}function zt(t){return W` <slot name="start" ${Nt("start")}>${qe(t.start)}</slot> `.inline()}function es(t={}){return W`
    ${zt(t)}
    <slot>${qe(t.defaultContent)}</slot>
    ${_t(t)}
  `}var Zn=es();var ea={name:Yr,registry:E.registry,styles:Qn,template:Zn};function b(t,e,r,o){var n=arguments.length,a=n<3?e:o===null?o=Object.getOwnPropertyDescriptor(e,r):o,i;if(typeof Reflect=="object"&&typeof Reflect.decorate=="function")a=Reflect.decorate(t,e,r,o);else for(var c=t.length-1;c>=0;c--)(i=t[c])&&(a=(n<3?i(a):n>3?i(e,r,a):i(e,r))||a);return n>3&&a&&Object.defineProperty(e,r,a),a}function jt(t,...e){let r=ye.locate(t);e.forEach(o=>{Object.getOwnPropertyNames(o.prototype).forEach(a=>{a!=="constructor"&&Object.defineProperty(t.prototype,a,Object.getOwnPropertyDescriptor(o.prototype,a))}),ye.locate(o).forEach(a=>r.push(a))})}var ne=class extends ge{constructor(){super(...arguments),this.appearance=Kr.filled,this.color=qr.brand}};b([v],ne.prototype,"appearance",void 0);b([v],ne.prototype,"color",void 0);b([v],ne.prototype,"shape",void 0);b([v],ne.prototype,"size",void 0);jt(ne,$e);ne.define(ea);var Ye={submit:"submit",reset:"reset",button:"button"};var ta=`${E.prefix}-button`;var ts=A`
  ${Fe("inline-flex")}

  :host {
    --icon-spacing: ${Et};
    position: relative;
    contain: layout style;
    vertical-align: middle;
    align-items: center;
    box-sizing: border-box;
    justify-content: center;
    text-align: center;
    text-decoration-line: none;
    margin: 0;
    min-height: 32px;
    outline-style: none;
    background-color: ${ve};
    color: ${we};
    border: ${It} solid ${ln};
    padding: 0 ${Wn};
    min-width: 96px;
    border-radius: ${Lt};
    font-size: ${Dn};
    font-family: ${$t};
    font-weight: ${Mt};
    line-height: ${On};
    transition-duration: ${Vn};
    transition-property: background, border, color;
    transition-timing-function: ${Rt};
    cursor: pointer;
    user-select: none;
  }

  .content {
    display: inherit;
  }

  :host(:hover) {
    background-color: ${qo};
    color: ${_o};
    border-color: ${cn};
  }

  :host(:hover:active) {
    background-color: ${Yo};
    border-color: ${dn};
    color: ${zo};
    outline-style: none;
  }

  :host(:focus-visible) {
    border-color: ${Ae};
    outline: ${Le} solid ${Ae};
    box-shadow: ${_n}, 0 0 0 2px ${Lr};
  }

  @media screen and (prefers-reduced-motion: reduce) {
    :host {
      transition-duration: 0.01ms;
    }
  }

  ::slotted(svg) {
    font-size: 20px;
    height: 20px;
    width: 20px;
    fill: currentColor;
  }

  ::slotted([slot='start']) {
    margin-inline-end: var(--icon-spacing);
  }

  ::slotted([slot='end']),
  [slot='end'] {
    flex-shrink: 0;
    margin-inline-start: var(--icon-spacing);
  }

  :host([icon-only]) {
    min-width: 32px;
    max-width: 32px;
  }

  :host([size='small']) {
    --icon-spacing: ${Ke};
    min-height: 24px;
    min-width: 64px;
    padding: 0 ${jn};
    border-radius: ${Ct};
    font-size: ${He};
    line-height: ${Ce};
    font-weight: ${Mn};
  }

  :host([size='small'][icon-only]) {
    min-width: 24px;
    max-width: 24px;
  }

  :host([size='large']) {
    min-height: 40px;
    border-radius: ${Cn};
    padding: 0 ${Gn};
    font-size: ${$n};
    line-height: ${En};
  }

  :host([size='large'][icon-only]) {
    min-width: 40px;
    max-width: 40px;
  }

  :host([size='large']) ::slotted(svg) {
    font-size: 24px;
    height: 24px;
    width: 24px;
  }

  :host(:is([shape='circular'], [shape='circular']:focus-visible)) {
    border-radius: ${Dt};
  }

  :host(:is([shape='square'], [shape='square']:focus-visible)) {
    border-radius: ${Ht};
  }

  :host([appearance='primary']) {
    background-color: ${Ft};
    color: ${oe};
    border-color: transparent;
  }

  :host([appearance='primary']:hover) {
    background-color: ${on};
  }

  :host([appearance='primary']:is(:hover, :hover:active):not(:focus-visible)) {
    border-color: transparent;
  }

  :host([appearance='primary']:is(:hover, :hover:active)) {
    color: ${oe};
  }

  :host([appearance='primary']:hover:active) {
    background-color: ${nn};
  }

  :host([appearance='primary']:focus-visible) {
    border-color: ${oe};
    box-shadow: ${Rn}, 0 0 0 2px ${Lr};
  }

  :host([appearance='outline']) {
    background-color: ${Te};
  }

  :host([appearance='outline']:hover) {
    background-color: ${Hr};
  }

  :host([appearance='outline']:hover:active) {
    background-color: ${Cr};
  }

  :host([appearance='subtle']) {
    background-color: ${Zo};
    color: ${Fr};
    border-color: transparent;
  }

  :host([appearance='subtle']:hover) {
    background-color: ${en};
    color: ${jo};
    border-color: transparent;
  }

  :host([appearance='subtle']:hover:active) {
    background-color: ${tn};
    color: ${Wo};
    border-color: transparent;
  }

  :host([appearance='subtle']:hover) ::slotted(svg) {
    fill: ${wr};
  }

  :host([appearance='subtle']:hover:active) ::slotted(svg) {
    fill: ${Tr};
  }

  :host([appearance='transparent']) {
    background-color: ${Te};
    color: ${Fr};
  }

  :host([appearance='transparent']:hover) {
    background-color: ${Hr};
    color: ${wr};
  }

  :host([appearance='transparent']:hover:active) {
    background-color: ${Cr};
    color: ${Tr};
  }

  :host(:is([appearance='transparent'], [appearance='transparent']:is(:hover, :active))) {
    border-color: transparent;
  }
`,ra=A`
  ${ts}

  :host(:is(:disabled, [disabled], [disabled-focusable], [appearance]:disabled, [appearance][disabled], [appearance][disabled-focusable])),
  :host(:is(:disabled, [disabled], [disabled-focusable], [appearance]:disabled, [appearance][disabled], [appearance][disabled-focusable]):hover),
  :host(:is(:disabled, [disabled], [disabled-focusable], [appearance]:disabled, [appearance][disabled], [appearance][disabled-focusable]):hover:active) {
    background-color: ${rn};
    border-color: ${gn};
    color: ${Go};
    cursor: not-allowed;
  }

  :host([appearance='primary']:is(:disabled, [disabled], [disabled-focusable])),
  :host([appearance='primary']:is(:disabled, [disabled], [disabled-focusable]):is(:hover, :hover:active)) {
    border-color: transparent;
  }

  :host([appearance='outline']:is(:disabled, [disabled], [disabled-focusable])),
  :host([appearance='outline']:is(:disabled, [disabled], [disabled-focusable]):is(:hover, :hover:active)) {
    background-color: ${Te};
  }

  :host([appearance='subtle']:is(:disabled, [disabled], [disabled-focusable])),
  :host([appearance='subtle']:is(:disabled, [disabled], [disabled-focusable]):is(:hover, :hover:active)) {
    background-color: ${Te};
    border-color: transparent;
  }

  :host([appearance='transparent']:is(:disabled, [disabled], [disabled-focusable])),
  :host([appearance='transparent']:is(:disabled, [disabled], [disabled-focusable]):is(:hover, :hover:active)) {
    border-color: transparent;
    background-color: ${Te};
  }

  @media (forced-colors: active) {
    :host {
      background-color: ButtonFace;
      color: ButtonText;
    }

    :host(:is(:hover, :focus-visible)) {
      border-color: Highlight !important;
    }

    :host([appearance='primary']:not(:is(:hover, :focus-visible))) {
      background-color: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    :host(
        :is(
            :disabled,
            [disabled],
            [disabled-focusable],
            [appearance]:disabled,
            [appearance][disabled],
            [appearance][disabled-focusable]
          )
      ) {
      background-color: ButtonFace;
      color: GrayText;
      border-color: ButtonText;
    }
  }
`;function rs(t={}){return W`
    <template
      @click="${(e,r)=>e.clickHandler(r.event)}"
      @keypress="${(e,r)=>e.keypressHandler(r.event)}"
    >
      ${zt(t)}
      <span class="content" part="content">
        <slot ${Nr("defaultSlottedContent")}></slot>
      </span>
      ${_t(t)}
    </template>
  `}var oa=rs();var na={name:ta,registry:E.registry,styles:ra,template:oa};function aa(t){let e=t.ownerDocument;t?.isConnected&&t?.hasAttribute("autofocus")&&t?.checkVisibility?.({contentVisibilityAuto:!0,visibilityProperty:!0})&&[null,t,e.body,e.documentElement].includes(e.activeElement)&&Q.enqueue(()=>{t.focus()})}var H=class extends ge{disabledChanged(){this.setTabIndex()}disabledFocusableChanged(e,r){this.elementInternals&&(this.elementInternals.ariaDisabled=`${!!r}`)}get form(){return this.elementInternals.form}static{this.formAssociated=!0}get labels(){return Object.freeze(Array.from(this.elementInternals.labels))}typeChanged(e,r){r!==Ye.submit&&(this.formSubmissionFallbackControl?.remove(),this.shadowRoot?.querySelector('slot[name="internal"]')?.remove())}clickHandler(e){if(e&&this.disabledFocusable){e.stopImmediatePropagation();return}return this.press(),!0}connectedCallback(){super.connectedCallback(),this.elementInternals.ariaDisabled=`${!!this.disabledFocusable}`,this.setTabIndex(),aa(this)}constructor(){super(),this.disabledFocusable=!1,this.elementInternals=this.attachInternals(),this.elementInternals.role="button"}createAndInsertFormSubmissionFallbackControl(){let e=this.formSubmissionFallbackControlSlot??document.createElement("slot");e.setAttribute("name","internal"),this.shadowRoot?.appendChild(e),this.formSubmissionFallbackControlSlot=e;let r=this.formSubmissionFallbackControl??document.createElement("button");r.style.display="none",r.setAttribute("type","submit"),r.setAttribute("slot","internal"),this.formNoValidate&&r.toggleAttribute("formnovalidate",!0),this.elementInternals.form?.id&&r.setAttribute("form",this.elementInternals.form.id),this.name&&r.setAttribute("name",this.name),this.value&&r.setAttribute("value",this.value),this.formAction&&r.setAttribute("formaction",this.formAction??""),this.formEnctype&&r.setAttribute("formenctype",this.formEnctype??""),this.formMethod&&r.setAttribute("formmethod",this.formMethod??""),this.formTarget&&r.setAttribute("formtarget",this.formTarget??""),this.append(r),this.formSubmissionFallbackControl=r}formDisabledCallback(e){this.disabled=e}keypressHandler(e){if(e&&this.disabledFocusable){e.stopImmediatePropagation();return}if(e.key==="Enter"||e.key===" "){this.click();return}return!0}press(){switch(this.type){case Ye.reset:{this.resetForm();break}case Ye.submit:{this.submitForm();break}}}resetForm(){this.elementInternals.form?.reset()}setTabIndex(){if(this.disabled){this.removeAttribute("tabindex");return}this.tabIndex=Number(this.getAttribute("tabindex")??0)<0?-1:0}submitForm(){if(!(!this.elementInternals.form||this.disabled||this.type!==Ye.submit)){if(!this.name&&!this.formAction&&!this.formEnctype&&!this.formAttribute&&!this.formMethod&&!this.formNoValidate&&!this.formTarget){this.elementInternals.form.requestSubmit();return}try{this.elementInternals.setFormValue(this.value??""),this.elementInternals.form.requestSubmit(this)}catch{this.createAndInsertFormSubmissionFallbackControl(),this.elementInternals.setFormValue(null),this.elementInternals.form.requestSubmit(this.formSubmissionFallbackControl)}}}};b([ar],H.prototype,"defaultSlottedContent",void 0);b([v({mode:"boolean"})],H.prototype,"disabled",void 0);b([v({attribute:"disabled-focusable",mode:"boolean"})],H.prototype,"disabledFocusable",void 0);b([v({attribute:"formaction"})],H.prototype,"formAction",void 0);b([v({attribute:"form"})],H.prototype,"formAttribute",void 0);b([v({attribute:"formenctype"})],H.prototype,"formEnctype",void 0);b([v({attribute:"formmethod"})],H.prototype,"formMethod",void 0);b([v({attribute:"formnovalidate",mode:"boolean"})],H.prototype,"formNoValidate",void 0);b([v({attribute:"formtarget"})],H.prototype,"formTarget",void 0);b([v],H.prototype,"name",void 0);b([v],H.prototype,"type",void 0);b([v],H.prototype,"value",void 0);var ae=class extends H{constructor(){super(...arguments),this.iconOnly=!1}};b([v],ae.prototype,"appearance",void 0);b([v],ae.prototype,"shape",void 0);b([v],ae.prototype,"size",void 0);b([v({attribute:"icon-only",mode:"boolean"})],ae.prototype,"iconOnly",void 0);jt(ae,$e);ae.define(na);var ia=`${E.prefix}-spinner`;var sa=A`
  ${Fe("inline-flex")}

  :host {
    --duration: 1.5s;
    --indicatorSize: ${Ot};
    --size: 32px;
    height: var(--size);
    width: var(--size);
    contain: strict;
    content-visibility: auto;
  }

  :host([size='tiny']) {
    --indicatorSize: ${Le};
    --size: 20px;
  }
  :host([size='extra-small']) {
    --indicatorSize: ${Le};
    --size: 24px;
  }
  :host([size='small']) {
    --indicatorSize: ${Le};
    --size: 28px;
  }
  :host([size='large']) {
    --indicatorSize: ${Ot};
    --size: 36px;
  }
  :host([size='extra-large']) {
    --indicatorSize: ${Ot};
    --size: 40px;
  }
  :host([size='huge']) {
    --indicatorSize: ${zn};
    --size: 44px;
  }

  .progress,
  .background,
  .spinner,
  .start,
  .end,
  .indicator {
    position: absolute;
    inset: 0;
  }

  .progress,
  .spinner,
  .indicator {
    animation: none var(--duration) infinite ${Rt};
  }

  .progress {
    animation-timing-function: linear;
    animation-name: spin-linear;
  }

  .background {
    border: var(--indicatorSize) solid ${Tt};
    border-radius: 50%;
  }

  :host([appearance='inverted']) .background {
    border-color: rgba(255, 255, 255, 0.2);
  }

  .spinner {
    animation-name: spin-swing;
  }

  .start {
    overflow: hidden;
    right: 50%;
  }

  .end {
    overflow: hidden;
    left: 50%;
  }

  .indicator {
    color: ${pn};
    box-sizing: border-box;
    border-radius: 50%;
    border: var(--indicatorSize) solid transparent;
    border-block-start-color: currentcolor;
    border-right-color: currentcolor;
  }

  :host([appearance='inverted']) .indicator {
    color: ${un};
  }

  .start .indicator {
    rotate: 135deg; /* Starts 9 o'clock */
    inset: 0 -100% 0 0;
    animation-name: spin-start;
  }

  .end .indicator {
    rotate: 135deg; /* Ends at 3 o'clock */
    inset: 0 0 0 -100%;
    animation-name: spin-end;
  }

  @keyframes spin-linear {
    100% {
      transform: rotate(360deg);
    }
  }

  @keyframes spin-swing {
    0% {
      transform: rotate(-135deg);
    }
    50% {
      transform: rotate(0deg);
    }
    100% {
      transform: rotate(225deg);
    }
  }

  @keyframes spin-start {
    0%,
    100% {
      transform: rotate(0deg);
    }
    50% {
      transform: rotate(-80deg);
    }
  }

  @keyframes spin-end {
    0%,
    100% {
      transform: rotate(0deg);
    }
    50% {
      transform: rotate(70deg);
    }
  }

  @media (forced-colors: active) {
    .background {
      display: none;
    }
    .indicator {
      border-color: Canvas;
      border-block-start-color: Highlight;
      border-right-color: Highlight;
    }
  }
`;var la=W`
  <slot name="indicator">
    <div class="background"></div>
    <div class="progress">
      <div class="spinner">
        <div class="start">
          <div class="indicator"></div>
        </div>
        <div class="end">
          <div class="indicator"></div>
        </div>
      </div>
    </div>
  </slot>
`;var ca={name:ia,registry:E.registry,styles:sa,template:la};var Wt=class extends ge{constructor(){super(),this.elementInternals=this.attachInternals(),this.elementInternals.role="progressbar"}};var Me=class extends Wt{};b([v],Me.prototype,"size",void 0);b([v],Me.prototype,"appearance",void 0);Me.define(ca);var os=0;function Mr(t="id-"){let e=`${t}${os++}`;return document.getElementById(e)?Mr(t):e}var ns="adoptedStyleSheets"in document,as="CSSScopeRule"in window,Ir=new Map,Or=new Map,Qe=new Map,Er=new Map,Je=new CSSStyleSheet;function Gt(t,e=document){if(!(!e||!ds(e))){if(!ns||e instanceof HTMLElement&&!e.shadowRoot&&!as){let r=e===document?document.documentElement:e;fs(t,r);return}[document,document.documentElement,document.body].includes(e)?us(t):ps(t,e)}}var is=/^[a-zA-Z_-][a-zA-Z0-9_-]*$/;function ss(t){return is.test(t)?t:""}var ls=/(;|{|}|\/\*|\*\/|@import|url\s*\(|expression\s*\(|javascript:)/i;function cs(t){return ls.test(t)?"":t}function Rr(t){return Ir.has(t)||Ir.set(t,Object.keys(t).reduce((e,r)=>{let o=ss(r),n=cs(t[r].toString());return o&&n?`${e}--${o}:${n};`:e},"")),Ir.get(t)}function ds(t){return[document,document.documentElement].includes(t)||t instanceof HTMLElement&&!!t.closest("body")}function us(t){if(t===null){document.adoptedStyleSheets.includes(Je)&&Je.replaceSync("");return}Je.replaceSync(`
    html {
      ${Rr(t)}
    }
  `),document.adoptedStyleSheets.includes(Je)||document.adoptedStyleSheets.push(Je)}function ps(t,e){if(t===null){e.shadowRoot&&Qe.has(e)?Qe.get(e).replaceSync(""):(delete e.dataset.fluentTheme,da(e));return}e.shadowRoot?gs(e).replaceSync(`
      :host {
        ${Rr(t)}
      }
    `):(e.dataset.fluentTheme=hs(t),da(e))}function gs(t){if(!Qe.has(t)){let e=new CSSStyleSheet;Qe.set(t,e),t.shadowRoot?.adoptedStyleSheets.push(e)}return Qe.get(t)}function hs(t){if(!Or.has(t)){let e=Mr("fluent-theme-"),r=new CSSStyleSheet;Or.set(t,e),r.replaceSync(`
      @scope ([data-fluent-theme="${e}"]) {
        :scope {
          ${Rr(t)}
        }
      }
    `),document.adoptedStyleSheets.push(r)}return Or.get(t)}function fs(t,e){let r;if(t===null){if(!Er.has(e))return;r=Er.get(e)}else Er.set(e,t),r=t;for(let[o,n]of Object.entries(r))t===null?e.style.removeProperty(`--${o}`):e.style.setProperty(`--${o}`,n.toString())}var{userAgent:ms}=navigator,vs=/\bAppleWebKit\/[\d+\.]+\b/.test(ms);function da(t){if(!vs)return;let e="visibility",r="hidden",o=t.style.getPropertyValue(e);t.style.setProperty(e,r),Q.process(),t.style.setProperty(e,o)}var s={2:"#050505",4:"#0a0a0a",6:"#0f0f0f",8:"#141414",10:"#1a1a1a",12:"#1f1f1f",14:"#242424",16:"#292929",18:"#2e2e2e",20:"#333333",22:"#383838",24:"#3d3d3d",26:"#424242",28:"#474747",30:"#4d4d4d",32:"#525252",34:"#575757",36:"#5c5c5c",38:"#616161",40:"#666666",42:"#6b6b6b",44:"#707070",46:"#757575",48:"#7a7a7a",50:"#808080",52:"#858585",54:"#8a8a8a",56:"#8f8f8f",58:"#949494",60:"#999999",62:"#9e9e9e",64:"#a3a3a3",66:"#a8a8a8",68:"#adadad",70:"#b3b3b3",72:"#b8b8b8",74:"#bdbdbd",76:"#c2c2c2",78:"#c7c7c7",80:"#cccccc",82:"#d1d1d1",84:"#d6d6d6",86:"#dbdbdb",88:"#e0e0e0",90:"#e6e6e6",92:"#ebebeb",94:"#f0f0f0",96:"#f5f5f5",98:"#fafafa",99:"#fcfcfc"},N={5:"rgba(255, 255, 255, 0.05)",10:"rgba(255, 255, 255, 0.1)",20:"rgba(255, 255, 255, 0.2)",30:"rgba(255, 255, 255, 0.3)",40:"rgba(255, 255, 255, 0.4)",50:"rgba(255, 255, 255, 0.5)",60:"rgba(255, 255, 255, 0.6)",70:"rgba(255, 255, 255, 0.7)",80:"rgba(255, 255, 255, 0.8)",90:"rgba(255, 255, 255, 0.9)"},O={5:"rgba(0, 0, 0, 0.05)",10:"rgba(0, 0, 0, 0.1)",20:"rgba(0, 0, 0, 0.2)",30:"rgba(0, 0, 0, 0.3)",40:"rgba(0, 0, 0, 0.4)",50:"rgba(0, 0, 0, 0.5)",60:"rgba(0, 0, 0, 0.6)",70:"rgba(0, 0, 0, 0.7)",80:"rgba(0, 0, 0, 0.8)",90:"rgba(0, 0, 0, 0.9)"},ua={5:"rgba(26, 26, 26, 0.05)",10:"rgba(26, 26, 26, 0.1)",20:"rgba(26, 26, 26, 0.2)",30:"rgba(26, 26, 26, 0.3)",40:"rgba(26, 26, 26, 0.4)",50:"rgba(26, 26, 26, 0.5)",60:"rgba(26, 26, 26, 0.6)",70:"rgba(26, 26, 26, 0.7)",80:"rgba(26, 26, 26, 0.8)",90:"rgba(26, 26, 26, 0.9)"},pa={5:"rgba(31, 31, 31, 0.05)",10:"rgba(31, 31, 31, 0.1)",20:"rgba(31, 31, 31, 0.2)",30:"rgba(31, 31, 31, 0.3)",40:"rgba(31, 31, 31, 0.4)",50:"rgba(31, 31, 31, 0.5)",60:"rgba(31, 31, 31, 0.6)",70:"rgba(31, 31, 31, 0.7)",80:"rgba(31, 31, 31, 0.8)",90:"rgba(31, 31, 31, 0.9)"},_r={5:"rgba(36, 36, 36, 0.05)",10:"rgba(36, 36, 36, 0.1)",20:"rgba(36, 36, 36, 0.2)",30:"rgba(36, 36, 36, 0.3)",40:"rgba(36, 36, 36, 0.4)",50:"rgba(36, 36, 36, 0.5)",60:"rgba(36, 36, 36, 0.6)",70:"rgba(36, 36, 36, 0.7)",80:"rgba(36, 36, 36, 0.8)",90:"rgba(36, 36, 36, 0.9)"},g="#ffffff",Ie="#000000";var ga={shade50:"#130204",shade40:"#230308",shade30:"#420610",shade20:"#590815",shade10:"#690a19",primary:"#750b1c",tint10:"#861b2c",tint20:"#962f3f",tint30:"#ac4f5e",tint40:"#d69ca5",tint50:"#e9c7cd",tint60:"#f9f0f2"};var zr={shade50:"#200205",shade40:"#3b0509",shade30:"#6e0811",shade20:"#960b18",shade10:"#b10e1c",primary:"#c50f1f",tint10:"#cc2635",tint20:"#d33f4c",tint30:"#dc626d",tint40:"#eeacb2",tint50:"#f6d1d5",tint60:"#fdf3f4"},ha={shade50:"#210809",shade40:"#3f1011",shade30:"#751d1f",shade20:"#9f282b",shade10:"#bc2f32",primary:"#d13438",tint10:"#d7494c",tint20:"#dc5e62",tint30:"#e37d80",tint40:"#f1bbbc",tint50:"#f8dadb",tint60:"#fdf6f6"},fa={shade50:"#230900",shade40:"#411200",shade30:"#7a2101",shade20:"#a62d01",shade10:"#c43501",primary:"#da3b01",tint10:"#de501c",tint20:"#e36537",tint30:"#e9835e",tint40:"#f4bfab",tint50:"#f9dcd1",tint60:"#fdf6f3"};var ma={shade50:"#200d03",shade40:"#3d1805",shade30:"#712d09",shade20:"#9a3d0c",shade10:"#b6480e",primary:"#ca5010",tint10:"#d06228",tint20:"#d77440",tint30:"#df8e64",tint40:"#efc4ad",tint50:"#f7dfd2",tint60:"#fdf7f4"},va={shade50:"#271002",shade40:"#4a1e04",shade30:"#8a3707",shade20:"#bc4b09",shade10:"#de590b",primary:"#f7630c",tint10:"#f87528",tint20:"#f98845",tint30:"#faa06b",tint40:"#fdcfb4",tint50:"#fee5d7",tint60:"#fff9f5"},ba={shade50:"#291600",shade40:"#4d2a00",shade30:"#8f4e00",shade20:"#c26a00",shade10:"#e67e00",primary:"#ff8c00",tint10:"#ff9a1f",tint20:"#ffa83d",tint30:"#ffba66",tint40:"#ffddb3",tint50:"#ffedd6",tint60:"#fffaf5"},Ba={shade50:"#251a00",shade40:"#463100",shade30:"#835b00",shade20:"#b27c00",shade10:"#d39300",primary:"#eaa300",tint10:"#edad1c",tint20:"#efb839",tint30:"#f2c661",tint40:"#f9e2ae",tint50:"#fcefd3",tint60:"#fefbf4"},Sa={shade50:"#282400",shade40:"#4c4400",shade30:"#817400",shade20:"#c0ad00",shade10:"#e4cc00",primary:"#fde300",tint10:"#fde61e",tint20:"#fdea3d",tint30:"#feee66",tint40:"#fef7b2",tint50:"#fffad6",tint60:"#fffef5"},ka={shade50:"#1f1900",shade40:"#3a2f00",shade30:"#6c5700",shade20:"#937700",shade10:"#ae8c00",primary:"#c19c00",tint10:"#c8a718",tint20:"#d0b232",tint30:"#dac157",tint40:"#ecdfa5",tint50:"#f5eece",tint60:"#fdfbf2"},ya={shade50:"#181202",shade40:"#2e2103",shade30:"#553e06",shade20:"#745408",shade10:"#89640a",primary:"#986f0b",tint10:"#a47d1e",tint20:"#b18c34",tint30:"#c1a256",tint40:"#e0cea2",tint50:"#efe4cb",tint60:"#fbf8f2"},xa={shade50:"#170e07",shade40:"#2b1a0e",shade30:"#50301a",shade20:"#6c4123",shade10:"#804d29",primary:"#8e562e",tint10:"#9c663f",tint20:"#a97652",tint30:"#bb8f6f",tint40:"#ddc3b0",tint50:"#edded3",tint60:"#faf7f4"};var Pa={shade50:"#0c1501",shade40:"#162702",shade30:"#294903",shade20:"#376304",shade10:"#427505",primary:"#498205",tint10:"#599116",tint20:"#6ba02b",tint30:"#85b44c",tint40:"#bdd99b",tint50:"#dbebc7",tint60:"#f6faf0"},Na={shade50:"#002111",shade40:"#003d20",shade30:"#00723b",shade20:"#009b51",shade10:"#00b85f",primary:"#00cc6a",tint10:"#19d279",tint20:"#34d889",tint30:"#5ae0a0",tint40:"#a8f0cd",tint50:"#cff7e4",tint60:"#f3fdf8"},Fa={shade50:"#031a02",shade40:"#063004",shade30:"#0b5a08",shade20:"#0e7a0b",shade10:"#11910d",primary:"#13a10e",tint10:"#27ac22",tint20:"#3db838",tint30:"#5ec75a",tint40:"#a7e3a5",tint50:"#cef0cd",tint60:"#f2fbf2"},jr={shade50:"#031403",shade40:"#052505",shade30:"#094509",shade20:"#0c5e0c",shade10:"#0e700e",primary:"#107c10",tint10:"#218c21",tint20:"#359b35",tint30:"#54b054",tint40:"#9fd89f",tint50:"#c9eac9",tint60:"#f1faf1"},wa={shade50:"#021102",shade40:"#032003",shade30:"#063b06",shade20:"#085108",shade10:"#0a5f0a",primary:"#0b6a0b",tint10:"#1a7c1a",tint20:"#2d8e2d",tint30:"#4da64d",tint40:"#9ad29a",tint50:"#c6e7c6",tint60:"#f0f9f0"},Ta={shade50:"#001d1f",shade40:"#00373a",shade30:"#00666d",shade20:"#008b94",shade10:"#00a5af",primary:"#00b7c3",tint10:"#18bfca",tint20:"#32c8d1",tint30:"#58d3db",tint40:"#a6e9ed",tint50:"#cef3f5",tint60:"#f2fcfd"},Aa={shade50:"#001516",shade40:"#012728",shade30:"#02494c",shade20:"#026467",shade10:"#037679",primary:"#038387",tint10:"#159195",tint20:"#2aa0a4",tint30:"#4cb4b7",tint40:"#9bd9db",tint50:"#c7ebec",tint60:"#f0fafa"};var Ha={shade50:"#000f12",shade40:"#001b22",shade30:"#00333f",shade20:"#004555",shade10:"#005265",primary:"#005b70",tint10:"#0f6c81",tint20:"#237d92",tint30:"#4496a9",tint40:"#94c8d4",tint50:"#c3e1e8",tint60:"#eff7f9"};var Ca={shade50:"#001322",shade40:"#002440",shade30:"#004377",shade20:"#005ba1",shade10:"#006cbf",primary:"#0078d4",tint10:"#1a86d9",tint20:"#3595de",tint30:"#5caae5",tint40:"#a9d3f2",tint50:"#d0e7f8",tint60:"#f3f9fd"},La={shade50:"#000c16",shade40:"#00172a",shade30:"#002c4e",shade20:"#003b6a",shade10:"#00467e",primary:"#004e8c",tint10:"#125e9a",tint20:"#286fa8",tint30:"#4a89ba",tint40:"#9abfdc",tint50:"#c7dced",tint60:"#f0f6fa"};var Da={shade50:"#0d1126",shade40:"#182047",shade30:"#2c3c85",shade20:"#3c51b4",shade10:"#4760d5",primary:"#4f6bed",tint10:"#637cef",tint20:"#778df1",tint30:"#93a4f4",tint40:"#c8d1fa",tint50:"#e1e6fc",tint60:"#f7f9fe"},$a={shade50:"#00061d",shade40:"#000c36",shade30:"#001665",shade20:"#001e89",shade10:"#0023a2",primary:"#0027b4",tint10:"#173bbd",tint20:"#3050c6",tint30:"#546fd2",tint40:"#a3b2e8",tint50:"#ccd5f3",tint60:"#f2f4fc"},Ma={shade50:"#120f25",shade40:"#221d46",shade30:"#3f3682",shade20:"#5649b0",shade10:"#6656d1",primary:"#7160e8",tint10:"#8172eb",tint20:"#9184ee",tint30:"#a79cf1",tint40:"#d2ccf8",tint50:"#e7e4fb",tint60:"#f9f8fe"},Ia={shade50:"#0f0717",shade40:"#1c0e2b",shade30:"#341a51",shade20:"#46236e",shade10:"#532982",primary:"#5c2e91",tint10:"#6b3f9e",tint20:"#7c52ab",tint30:"#9470bd",tint40:"#c6b1de",tint50:"#e0d3ed",tint60:"#f7f4fb"};var Oa={shade50:"#160418",shade40:"#29072e",shade30:"#4c0d55",shade20:"#671174",shade10:"#7a1589",primary:"#881798",tint10:"#952aa4",tint20:"#a33fb1",tint30:"#b55fc1",tint40:"#d9a7e0",tint50:"#eaceef",tint60:"#faf2fb"},Ea={shade50:"#1f091d",shade40:"#3a1136",shade30:"#6d2064",shade20:"#932b88",shade10:"#af33a1",primary:"#c239b3",tint10:"#c94cbc",tint20:"#d161c4",tint30:"#da7ed0",tint40:"#edbbe7",tint50:"#f5daf2",tint60:"#fdf5fc"},Ra={shade50:"#1c0b1f",shade40:"#35153a",shade30:"#63276d",shade20:"#863593",shade10:"#9f3faf",primary:"#b146c2",tint10:"#ba58c9",tint20:"#c36bd1",tint30:"#cf87da",tint40:"#e6bfed",tint50:"#f2dcf5",tint60:"#fcf6fd"},_a={shade50:"#24091b",shade40:"#441232",shade30:"#80215d",shade20:"#ad2d7e",shade10:"#cd3595",primary:"#e43ba6",tint10:"#e750b0",tint20:"#ea66ba",tint30:"#ef85c8",tint40:"#f7c0e3",tint50:"#fbddf0",tint60:"#fef6fb"};var za={shade50:"#1f0013",shade40:"#390024",shade30:"#6b0043",shade20:"#91005a",shade10:"#ac006b",primary:"#bf0077",tint10:"#c71885",tint20:"#ce3293",tint30:"#d957a8",tint40:"#eca5d1",tint50:"#f5cee6",tint60:"#fcf2f9"},ja={shade50:"#13000c",shade40:"#240017",shade30:"#43002b",shade20:"#5a003b",shade10:"#6b0045",primary:"#77004d",tint10:"#87105d",tint20:"#98246f",tint30:"#ad4589",tint40:"#d696c0",tint50:"#e9c4dc",tint60:"#faf0f6"},Wa={shade50:"#141313",shade40:"#252323",shade30:"#444241",shade20:"#5d5958",shade10:"#6e6968",primary:"#7a7574",tint10:"#8a8584",tint20:"#9a9594",tint30:"#afabaa",tint40:"#d7d4d4",tint50:"#eae8e8",tint60:"#faf9f9"},Ga={shade50:"#0f0e0e",shade40:"#1c1b1a",shade30:"#343231",shade20:"#474443",shade10:"#54514f",primary:"#5d5a58",tint10:"#706d6b",tint20:"#84817e",tint30:"#9e9b99",tint40:"#cecccb",tint50:"#e5e4e3",tint60:"#f8f8f8"};var Va={shade50:"#111314",shade40:"#1f2426",shade30:"#3b4447",shade20:"#505c60",shade10:"#5f6d71",primary:"#69797e",tint10:"#79898d",tint20:"#89989d",tint30:"#a0adb2",tint40:"#cdd6d8",tint50:"#e4e9ea",tint60:"#f8f9fa"},Xa={shade50:"#090a0b",shade40:"#111315",shade30:"#202427",shade20:"#2b3135",shade10:"#333a3f",primary:"#394146",tint10:"#4d565c",tint20:"#626c72",tint30:"#808a90",tint40:"#bcc3c7",tint50:"#dbdfe1",tint60:"#f6f7f8"};var f={red:ha,green:jr,darkOrange:fa,yellow:Sa,berry:Ea,lightGreen:Fa,marigold:Ba},Y={darkRed:ga,cranberry:zr,pumpkin:ma,peach:ba,gold:ka,brass:ya,brown:xa,forest:Pa,seafoam:Na,darkGreen:wa,lightTeal:Ta,teal:Aa,steel:Ha,blue:Ca,royalBlue:La,cornflower:Da,navy:$a,lavender:Ma,purple:Ia,grape:Oa,lilac:Ra,pink:_a,magenta:za,plum:ja,beige:Wa,mink:Ga,platinum:Va,anchor:Xa},h={cranberry:zr,green:jr,orange:va};var Vt=["red","green","darkOrange","yellow","berry","lightGreen","marigold"],Xt=["darkRed","cranberry","pumpkin","peach","gold","brass","brown","forest","seafoam","darkGreen","lightTeal","teal","steel","blue","royalBlue","cornflower","navy","lavender","purple","grape","lilac","pink","magenta","plum","beige","mink","platinum","anchor"];var C={success:"green",warning:"orange",danger:"cranberry"};var Ze=Vt.reduce((t,e)=>{let r=e.slice(0,1).toUpperCase()+e.slice(1),o={[`colorPalette${r}Background1`]:f[e].tint60,[`colorPalette${r}Background2`]:f[e].tint40,[`colorPalette${r}Background3`]:f[e].primary,[`colorPalette${r}Foreground1`]:f[e].shade10,[`colorPalette${r}Foreground2`]:f[e].shade30,[`colorPalette${r}Foreground3`]:f[e].primary,[`colorPalette${r}BorderActive`]:f[e].primary,[`colorPalette${r}Border1`]:f[e].tint40,[`colorPalette${r}Border2`]:f[e].primary};return Object.assign(t,o)},{});Ze.colorPaletteYellowForeground1=f.yellow.shade30;Ze.colorPaletteRedForegroundInverted=f.red.tint20;Ze.colorPaletteGreenForegroundInverted=f.green.tint20;Ze.colorPaletteYellowForegroundInverted=f.yellow.tint40;var bs=Xt.reduce((t,e)=>{let r=e.slice(0,1).toUpperCase()+e.slice(1),o={[`colorPalette${r}Background2`]:Y[e].tint40,[`colorPalette${r}Foreground2`]:Y[e].shade30,[`colorPalette${r}BorderActive`]:Y[e].primary};return Object.assign(t,o)},{}),Ua={...Ze,...bs},be=Object.entries(C).reduce((t,[e,r])=>{let o=e.slice(0,1).toUpperCase()+e.slice(1),n={[`colorStatus${o}Background1`]:h[r].tint60,[`colorStatus${o}Background2`]:h[r].tint40,[`colorStatus${o}Background3`]:h[r].primary,[`colorStatus${o}Foreground1`]:h[r].shade10,[`colorStatus${o}Foreground2`]:h[r].shade30,[`colorStatus${o}Foreground3`]:h[r].primary,[`colorStatus${o}ForegroundInverted`]:h[r].tint30,[`colorStatus${o}BorderActive`]:h[r].primary,[`colorStatus${o}Border1`]:h[r].tint40,[`colorStatus${o}Border2`]:h[r].primary};return Object.assign(t,n)},{});be.colorStatusDangerBackground3Hover=h[C.danger].shade10;be.colorStatusDangerBackground3Pressed=h[C.danger].shade20;be.colorStatusWarningForeground1=h[C.warning].shade20;be.colorStatusWarningForeground3=h[C.warning].shade20;be.colorStatusWarningBorder2=h[C.warning].shade20;var Ka=t=>({colorNeutralForeground1:s[14],colorNeutralForeground1Hover:s[14],colorNeutralForeground1Pressed:s[14],colorNeutralForeground1Selected:s[14],colorNeutralForeground2:s[26],colorNeutralForeground2Hover:s[14],colorNeutralForeground2Pressed:s[14],colorNeutralForeground2Selected:s[14],colorNeutralForeground2BrandHover:t[80],colorNeutralForeground2BrandPressed:t[70],colorNeutralForeground2BrandSelected:t[80],colorNeutralForeground3:s[38],colorNeutralForeground3Hover:s[26],colorNeutralForeground3Pressed:s[26],colorNeutralForeground3Selected:s[26],colorNeutralForeground3BrandHover:t[80],colorNeutralForeground3BrandPressed:t[70],colorNeutralForeground3BrandSelected:t[80],colorNeutralForeground4:s[44],colorNeutralForeground5:s[38],colorNeutralForeground5Hover:s[14],colorNeutralForeground5Pressed:s[14],colorNeutralForeground5Selected:s[14],colorNeutralForegroundDisabled:s[74],colorNeutralForegroundInvertedDisabled:N[40],colorBrandForegroundLink:t[70],colorBrandForegroundLinkHover:t[60],colorBrandForegroundLinkPressed:t[40],colorBrandForegroundLinkSelected:t[70],colorNeutralForeground2Link:s[26],colorNeutralForeground2LinkHover:s[14],colorNeutralForeground2LinkPressed:s[14],colorNeutralForeground2LinkSelected:s[14],colorCompoundBrandForeground1:t[80],colorCompoundBrandForeground1Hover:t[70],colorCompoundBrandForeground1Pressed:t[60],colorBrandForeground1:t[80],colorBrandForeground2:t[70],colorBrandForeground2Hover:t[60],colorBrandForeground2Pressed:t[30],colorNeutralForeground1Static:s[14],colorNeutralForegroundStaticInverted:g,colorNeutralForegroundInverted:g,colorNeutralForegroundInvertedHover:g,colorNeutralForegroundInvertedPressed:g,colorNeutralForegroundInvertedSelected:g,colorNeutralForegroundInverted2:g,colorNeutralForegroundOnBrand:g,colorNeutralForegroundInvertedLink:g,colorNeutralForegroundInvertedLinkHover:g,colorNeutralForegroundInvertedLinkPressed:g,colorNeutralForegroundInvertedLinkSelected:g,colorBrandForegroundInverted:t[100],colorBrandForegroundInvertedHover:t[110],colorBrandForegroundInvertedPressed:t[100],colorBrandForegroundOnLight:t[80],colorBrandForegroundOnLightHover:t[70],colorBrandForegroundOnLightPressed:t[50],colorBrandForegroundOnLightSelected:t[60],colorNeutralBackground1:g,colorNeutralBackground1Hover:s[96],colorNeutralBackground1Pressed:s[88],colorNeutralBackground1Selected:s[92],colorNeutralBackground2:s[98],colorNeutralBackground2Hover:s[94],colorNeutralBackground2Pressed:s[86],colorNeutralBackground2Selected:s[90],colorNeutralBackground3:s[96],colorNeutralBackground3Hover:s[92],colorNeutralBackground3Pressed:s[84],colorNeutralBackground3Selected:s[88],colorNeutralBackground4:s[94],colorNeutralBackground4Hover:s[98],colorNeutralBackground4Pressed:s[96],colorNeutralBackground4Selected:g,colorNeutralBackground5:s[92],colorNeutralBackground5Hover:s[96],colorNeutralBackground5Pressed:s[94],colorNeutralBackground5Selected:s[98],colorNeutralBackground6:s[90],colorNeutralBackground7:"#00000000",colorNeutralBackground7Hover:s[92],colorNeutralBackground7Pressed:s[84],colorNeutralBackground7Selected:"#00000000",colorNeutralBackground8:s[99],colorNeutralBackgroundInverted:s[16],colorNeutralBackgroundInvertedHover:s[24],colorNeutralBackgroundInvertedPressed:s[12],colorNeutralBackgroundInvertedSelected:s[22],colorNeutralBackgroundStatic:s[20],colorNeutralBackgroundAlpha:N[50],colorNeutralBackgroundAlpha2:N[80],colorSubtleBackground:"transparent",colorSubtleBackgroundHover:s[96],colorSubtleBackgroundPressed:s[88],colorSubtleBackgroundSelected:s[92],colorSubtleBackgroundLightAlphaHover:N[70],colorSubtleBackgroundLightAlphaPressed:N[50],colorSubtleBackgroundLightAlphaSelected:"transparent",colorSubtleBackgroundInverted:"transparent",colorSubtleBackgroundInvertedHover:O[10],colorSubtleBackgroundInvertedPressed:O[30],colorSubtleBackgroundInvertedSelected:O[20],colorTransparentBackground:"transparent",colorTransparentBackgroundHover:"transparent",colorTransparentBackgroundPressed:"transparent",colorTransparentBackgroundSelected:"transparent",colorNeutralBackgroundDisabled:s[94],colorNeutralBackgroundDisabled2:g,colorNeutralBackgroundInvertedDisabled:N[10],colorNeutralStencil1:s[90],colorNeutralStencil2:s[98],colorNeutralStencil1Alpha:O[10],colorNeutralStencil2Alpha:O[5],colorBackgroundOverlay:O[40],colorScrollbarOverlay:O[50],colorBrandBackground:t[80],colorBrandBackgroundHover:t[70],colorBrandBackgroundPressed:t[40],colorBrandBackgroundSelected:t[60],colorCompoundBrandBackground:t[80],colorCompoundBrandBackgroundHover:t[70],colorCompoundBrandBackgroundPressed:t[60],colorBrandBackgroundStatic:t[80],colorBrandBackground2:t[160],colorBrandBackground2Hover:t[150],colorBrandBackground2Pressed:t[130],colorBrandBackground3Static:t[60],colorBrandBackground4Static:t[40],colorBrandBackgroundInverted:g,colorBrandBackgroundInvertedHover:t[160],colorBrandBackgroundInvertedPressed:t[140],colorBrandBackgroundInvertedSelected:t[150],colorNeutralCardBackground:s[98],colorNeutralCardBackgroundHover:g,colorNeutralCardBackgroundPressed:s[96],colorNeutralCardBackgroundSelected:s[92],colorNeutralCardBackgroundDisabled:s[94],colorNeutralStrokeAccessible:s[38],colorNeutralStrokeAccessibleHover:s[34],colorNeutralStrokeAccessiblePressed:s[30],colorNeutralStrokeAccessibleSelected:t[80],colorNeutralStroke1:s[82],colorNeutralStroke1Hover:s[78],colorNeutralStroke1Pressed:s[70],colorNeutralStroke1Selected:s[74],colorNeutralStroke2:s[88],colorNeutralStroke3:s[94],colorNeutralStroke4:s[92],colorNeutralStroke4Hover:s[88],colorNeutralStroke4Pressed:s[84],colorNeutralStroke4Selected:s[92],colorNeutralStrokeSubtle:s[88],colorNeutralStrokeOnBrand:g,colorNeutralStrokeOnBrand2:g,colorNeutralStrokeOnBrand2Hover:g,colorNeutralStrokeOnBrand2Pressed:g,colorNeutralStrokeOnBrand2Selected:g,colorBrandStroke1:t[80],colorBrandStroke2:t[140],colorBrandStroke2Hover:t[120],colorBrandStroke2Pressed:t[80],colorBrandStroke2Contrast:t[140],colorCompoundBrandStroke:t[80],colorCompoundBrandStrokeHover:t[70],colorCompoundBrandStrokePressed:t[60],colorNeutralStrokeDisabled:s[88],colorNeutralStrokeDisabled2:s[92],colorNeutralStrokeInvertedDisabled:N[40],colorTransparentStroke:"transparent",colorTransparentStrokeInteractive:"transparent",colorTransparentStrokeDisabled:"transparent",colorNeutralStrokeAlpha:O[5],colorNeutralStrokeAlpha2:N[20],colorStrokeFocus1:g,colorStrokeFocus2:Ie,colorNeutralShadowAmbient:"rgba(0,0,0,0.12)",colorNeutralShadowKey:"rgba(0,0,0,0.14)",colorNeutralShadowAmbientLighter:"rgba(0,0,0,0.06)",colorNeutralShadowKeyLighter:"rgba(0,0,0,0.07)",colorNeutralShadowAmbientDarker:"rgba(0,0,0,0.20)",colorNeutralShadowKeyDarker:"rgba(0,0,0,0.24)",colorBrandShadowAmbient:"rgba(0,0,0,0.30)",colorBrandShadowKey:"rgba(0,0,0,0.25)"});var et={borderRadiusNone:"0",borderRadiusSmall:"2px",borderRadiusMedium:"4px",borderRadiusLarge:"6px",borderRadiusXLarge:"8px",borderRadius2XLarge:"12px",borderRadius3XLarge:"16px",borderRadius4XLarge:"24px",borderRadius5XLarge:"32px",borderRadius6XLarge:"40px",borderRadiusCircular:"10000px"};var Ut={curveAccelerateMax:"cubic-bezier(0.9,0.1,1,0.2)",curveAccelerateMid:"cubic-bezier(1,0,1,1)",curveAccelerateMin:"cubic-bezier(0.8,0,0.78,1)",curveDecelerateMax:"cubic-bezier(0.1,0.9,0.2,1)",curveDecelerateMid:"cubic-bezier(0,0,0,1)",curveDecelerateMin:"cubic-bezier(0.33,0,0.1,1)",curveEasyEaseMax:"cubic-bezier(0.8,0,0.2,1)",curveEasyEase:"cubic-bezier(0.33,0,0.67,1)",curveLinear:"cubic-bezier(0,0,1,1)"};var Kt={durationUltraFast:"50ms",durationFaster:"100ms",durationFast:"150ms",durationNormal:"200ms",durationGentle:"250ms",durationSlow:"300ms",durationSlower:"400ms",durationUltraSlow:"500ms"};var tt={fontSizeBase100:"10px",fontSizeBase200:"12px",fontSizeBase300:"14px",fontSizeBase400:"16px",fontSizeBase500:"20px",fontSizeBase600:"24px",fontSizeHero700:"28px",fontSizeHero800:"32px",fontSizeHero900:"40px",fontSizeHero1000:"68px"},rt={lineHeightBase100:"14px",lineHeightBase200:"16px",lineHeightBase300:"20px",lineHeightBase400:"22px",lineHeightBase500:"28px",lineHeightBase600:"32px",lineHeightHero700:"36px",lineHeightHero800:"40px",lineHeightHero900:"52px",lineHeightHero1000:"92px"},ot={fontWeightRegular:400,fontWeightMedium:500,fontWeightSemibold:600,fontWeightBold:700},nt={fontFamilyBase:"'Segoe UI', 'Segoe UI Web (West European)', -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', sans-serif",fontFamilyMonospace:"Consolas, 'Courier New', Courier, monospace",fontFamilyNumeric:"Bahnschrift, 'Segoe UI', 'Segoe UI Web (West European)', -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', sans-serif"};var k={none:"0",xxs:"2px",xs:"4px",sNudge:"6px",s:"8px",mNudge:"10px",m:"12px",l:"16px",xl:"20px",xxl:"24px",xxxl:"32px"},qt={spacingHorizontalNone:k.none,spacingHorizontalXXS:k.xxs,spacingHorizontalXS:k.xs,spacingHorizontalSNudge:k.sNudge,spacingHorizontalS:k.s,spacingHorizontalMNudge:k.mNudge,spacingHorizontalM:k.m,spacingHorizontalL:k.l,spacingHorizontalXL:k.xl,spacingHorizontalXXL:k.xxl,spacingHorizontalXXXL:k.xxxl},Yt={spacingVerticalNone:k.none,spacingVerticalXXS:k.xxs,spacingVerticalXS:k.xs,spacingVerticalSNudge:k.sNudge,spacingVerticalS:k.s,spacingVerticalMNudge:k.mNudge,spacingVerticalM:k.m,spacingVerticalL:k.l,spacingVerticalXL:k.xl,spacingVerticalXXL:k.xxl,spacingVerticalXXXL:k.xxxl};var at={strokeWidthThin:"1px",strokeWidthThick:"2px",strokeWidthThicker:"3px",strokeWidthThickest:"4px"};function Oe(t,e,r=""){return{[`shadow2${r}`]:`0 0 2px ${t}, 0 1px 2px ${e}`,[`shadow4${r}`]:`0 0 2px ${t}, 0 2px 4px ${e}`,[`shadow8${r}`]:`0 0 2px ${t}, 0 4px 8px ${e}`,[`shadow16${r}`]:`0 0 2px ${t}, 0 8px 16px ${e}`,[`shadow28${r}`]:`0 0 8px ${t}, 0 14px 28px ${e}`,[`shadow64${r}`]:`0 0 8px ${t}, 0 32px 64px ${e}`}}var Jt=t=>{let e=Ka(t);return{...et,...tt,...rt,...nt,...ot,...at,...qt,...Yt,...Kt,...Ut,...e,...Ua,...be,...Oe(e.colorNeutralShadowAmbient,e.colorNeutralShadowKey),...Oe(e.colorBrandShadowAmbient,e.colorBrandShadowKey,"Brand")}};var J=Vt.reduce((t,e)=>{let r=e.slice(0,1).toUpperCase()+e.slice(1),o={[`colorPalette${r}Background1`]:f[e].shade40,[`colorPalette${r}Background2`]:f[e].shade30,[`colorPalette${r}Background3`]:f[e].primary,[`colorPalette${r}Foreground1`]:f[e].tint30,[`colorPalette${r}Foreground2`]:f[e].tint40,[`colorPalette${r}Foreground3`]:f[e].tint20,[`colorPalette${r}BorderActive`]:f[e].tint30,[`colorPalette${r}Border1`]:f[e].primary,[`colorPalette${r}Border2`]:f[e].tint20};return Object.assign(t,o)},{});J.colorPaletteRedForeground3=f.red.tint30;J.colorPaletteRedBorder2=f.red.tint30;J.colorPaletteGreenForeground3=f.green.tint40;J.colorPaletteGreenBorder2=f.green.tint40;J.colorPaletteDarkOrangeForeground3=f.darkOrange.tint30;J.colorPaletteDarkOrangeBorder2=f.darkOrange.tint30;J.colorPaletteRedForegroundInverted=f.red.primary;J.colorPaletteGreenForegroundInverted=f.green.primary;J.colorPaletteYellowForegroundInverted=f.yellow.shade30;var Wr=Xt.reduce((t,e)=>{let r=e.slice(0,1).toUpperCase()+e.slice(1),o={[`colorPalette${r}Background2`]:Y[e].shade30,[`colorPalette${r}Foreground2`]:Y[e].tint40,[`colorPalette${r}BorderActive`]:Y[e].tint30};return Object.assign(t,o)},{});Wr.colorPaletteDarkRedBackground2=Y.darkRed.shade20;Wr.colorPalettePlumBackground2=Y.plum.shade20;var qa={...J,...Wr},ie=Object.entries(C).reduce((t,[e,r])=>{let o=e.slice(0,1).toUpperCase()+e.slice(1),n={[`colorStatus${o}Background1`]:h[r].shade40,[`colorStatus${o}Background2`]:h[r].shade30,[`colorStatus${o}Background3`]:h[r].primary,[`colorStatus${o}Foreground1`]:h[r].tint30,[`colorStatus${o}Foreground2`]:h[r].tint40,[`colorStatus${o}Foreground3`]:h[r].tint20,[`colorStatus${o}BorderActive`]:h[r].tint30,[`colorStatus${o}ForegroundInverted`]:h[r].shade10,[`colorStatus${o}Border1`]:h[r].primary,[`colorStatus${o}Border2`]:h[r].tint20};return Object.assign(t,n)},{});ie.colorStatusDangerBackground3Hover=h[C.danger].shade10;ie.colorStatusDangerBackground3Pressed=h[C.danger].shade20;ie.colorStatusDangerForeground3=h[C.danger].tint40;ie.colorStatusDangerBorder2=h[C.danger].tint30;ie.colorStatusSuccessForeground3=h[C.success].tint40;ie.colorStatusSuccessBorder2=h[C.success].tint40;ie.colorStatusWarningForegroundInverted=h[C.warning].shade20;var Ya=t=>({colorNeutralForeground1:g,colorNeutralForeground1Hover:g,colorNeutralForeground1Pressed:g,colorNeutralForeground1Selected:g,colorNeutralForeground2:s[84],colorNeutralForeground2Hover:g,colorNeutralForeground2Pressed:g,colorNeutralForeground2Selected:g,colorNeutralForeground2BrandHover:t[100],colorNeutralForeground2BrandPressed:t[90],colorNeutralForeground2BrandSelected:t[100],colorNeutralForeground3:s[68],colorNeutralForeground3Hover:s[84],colorNeutralForeground3Pressed:s[84],colorNeutralForeground3Selected:s[84],colorNeutralForeground3BrandHover:t[100],colorNeutralForeground3BrandPressed:t[90],colorNeutralForeground3BrandSelected:t[100],colorNeutralForeground4:s[60],colorNeutralForeground5:s[68],colorNeutralForeground5Hover:g,colorNeutralForeground5Pressed:g,colorNeutralForeground5Selected:g,colorNeutralForegroundDisabled:s[36],colorNeutralForegroundInvertedDisabled:N[40],colorBrandForegroundLink:t[100],colorBrandForegroundLinkHover:t[110],colorBrandForegroundLinkPressed:t[90],colorBrandForegroundLinkSelected:t[100],colorNeutralForeground2Link:s[84],colorNeutralForeground2LinkHover:g,colorNeutralForeground2LinkPressed:g,colorNeutralForeground2LinkSelected:g,colorCompoundBrandForeground1:t[100],colorCompoundBrandForeground1Hover:t[110],colorCompoundBrandForeground1Pressed:t[90],colorBrandForeground1:t[100],colorBrandForeground2:t[110],colorBrandForeground2Hover:t[130],colorBrandForeground2Pressed:t[160],colorNeutralForeground1Static:s[14],colorNeutralForegroundStaticInverted:g,colorNeutralForegroundInverted:s[14],colorNeutralForegroundInvertedHover:s[14],colorNeutralForegroundInvertedPressed:s[14],colorNeutralForegroundInvertedSelected:s[14],colorNeutralForegroundInverted2:s[14],colorNeutralForegroundOnBrand:g,colorNeutralForegroundInvertedLink:g,colorNeutralForegroundInvertedLinkHover:g,colorNeutralForegroundInvertedLinkPressed:g,colorNeutralForegroundInvertedLinkSelected:g,colorBrandForegroundInverted:t[80],colorBrandForegroundInvertedHover:t[70],colorBrandForegroundInvertedPressed:t[60],colorBrandForegroundOnLight:t[80],colorBrandForegroundOnLightHover:t[70],colorBrandForegroundOnLightPressed:t[50],colorBrandForegroundOnLightSelected:t[60],colorNeutralBackground1:s[16],colorNeutralBackground1Hover:s[24],colorNeutralBackground1Pressed:s[12],colorNeutralBackground1Selected:s[22],colorNeutralBackground2:s[12],colorNeutralBackground2Hover:s[20],colorNeutralBackground2Pressed:s[8],colorNeutralBackground2Selected:s[18],colorNeutralBackground3:s[8],colorNeutralBackground3Hover:s[16],colorNeutralBackground3Pressed:s[4],colorNeutralBackground3Selected:s[14],colorNeutralBackground4:s[4],colorNeutralBackground4Hover:s[12],colorNeutralBackground4Pressed:Ie,colorNeutralBackground4Selected:s[10],colorNeutralBackground5:Ie,colorNeutralBackground5Hover:s[8],colorNeutralBackground5Pressed:s[2],colorNeutralBackground5Selected:s[6],colorNeutralBackground6:s[20],colorNeutralBackground7:"#00000000",colorNeutralBackground7Hover:s[10],colorNeutralBackground7Pressed:s[4],colorNeutralBackground7Selected:"#00000000",colorNeutralBackground8:s[16],colorNeutralBackgroundInverted:g,colorNeutralBackgroundInvertedHover:s[96],colorNeutralBackgroundInvertedPressed:s[88],colorNeutralBackgroundInvertedSelected:s[92],colorNeutralBackgroundStatic:s[24],colorNeutralBackgroundAlpha:ua[50],colorNeutralBackgroundAlpha2:pa[70],colorSubtleBackground:"transparent",colorSubtleBackgroundHover:s[22],colorSubtleBackgroundPressed:s[18],colorSubtleBackgroundSelected:s[20],colorSubtleBackgroundLightAlphaHover:_r[80],colorSubtleBackgroundLightAlphaPressed:_r[50],colorSubtleBackgroundLightAlphaSelected:"transparent",colorSubtleBackgroundInverted:"transparent",colorSubtleBackgroundInvertedHover:O[10],colorSubtleBackgroundInvertedPressed:O[30],colorSubtleBackgroundInvertedSelected:O[20],colorTransparentBackground:"transparent",colorTransparentBackgroundHover:"transparent",colorTransparentBackgroundPressed:"transparent",colorTransparentBackgroundSelected:"transparent",colorNeutralBackgroundDisabled:s[8],colorNeutralBackgroundDisabled2:s[16],colorNeutralBackgroundInvertedDisabled:N[10],colorNeutralStencil1:s[34],colorNeutralStencil2:s[20],colorNeutralStencil1Alpha:N[10],colorNeutralStencil2Alpha:N[5],colorBackgroundOverlay:O[50],colorScrollbarOverlay:N[60],colorBrandBackground:t[70],colorBrandBackgroundHover:t[80],colorBrandBackgroundPressed:t[40],colorBrandBackgroundSelected:t[60],colorCompoundBrandBackground:t[100],colorCompoundBrandBackgroundHover:t[110],colorCompoundBrandBackgroundPressed:t[90],colorBrandBackgroundStatic:t[80],colorBrandBackground2:t[20],colorBrandBackground2Hover:t[40],colorBrandBackground2Pressed:t[10],colorBrandBackground3Static:t[60],colorBrandBackground4Static:t[40],colorBrandBackgroundInverted:g,colorBrandBackgroundInvertedHover:t[160],colorBrandBackgroundInvertedPressed:t[140],colorBrandBackgroundInvertedSelected:t[150],colorNeutralCardBackground:s[20],colorNeutralCardBackgroundHover:s[24],colorNeutralCardBackgroundPressed:s[18],colorNeutralCardBackgroundSelected:s[22],colorNeutralCardBackgroundDisabled:s[8],colorNeutralStrokeAccessible:s[68],colorNeutralStrokeAccessibleHover:s[74],colorNeutralStrokeAccessiblePressed:s[70],colorNeutralStrokeAccessibleSelected:t[100],colorNeutralStroke1:s[40],colorNeutralStroke1Hover:s[46],colorNeutralStroke1Pressed:s[42],colorNeutralStroke1Selected:s[44],colorNeutralStroke2:s[32],colorNeutralStroke3:s[24],colorNeutralStroke4:s[24],colorNeutralStroke4Hover:s[18],colorNeutralStroke4Pressed:s[14],colorNeutralStroke4Selected:s[24],colorNeutralStrokeSubtle:s[4],colorNeutralStrokeOnBrand:s[16],colorNeutralStrokeOnBrand2:g,colorNeutralStrokeOnBrand2Hover:g,colorNeutralStrokeOnBrand2Pressed:g,colorNeutralStrokeOnBrand2Selected:g,colorBrandStroke1:t[100],colorBrandStroke2:t[50],colorBrandStroke2Hover:t[50],colorBrandStroke2Pressed:t[30],colorBrandStroke2Contrast:t[50],colorCompoundBrandStroke:t[100],colorCompoundBrandStrokeHover:t[110],colorCompoundBrandStrokePressed:t[90],colorNeutralStrokeDisabled:s[26],colorNeutralStrokeDisabled2:s[24],colorNeutralStrokeInvertedDisabled:N[40],colorTransparentStroke:"transparent",colorTransparentStrokeInteractive:"transparent",colorTransparentStrokeDisabled:"transparent",colorNeutralStrokeAlpha:N[10],colorNeutralStrokeAlpha2:N[20],colorStrokeFocus1:Ie,colorStrokeFocus2:g,colorNeutralShadowAmbient:"rgba(0,0,0,0.24)",colorNeutralShadowKey:"rgba(0,0,0,0.28)",colorNeutralShadowAmbientLighter:"rgba(0,0,0,0.12)",colorNeutralShadowKeyLighter:"rgba(0,0,0,0.14)",colorNeutralShadowAmbientDarker:"rgba(0,0,0,0.40)",colorNeutralShadowKeyDarker:"rgba(0,0,0,0.48)",colorBrandShadowAmbient:"rgba(0,0,0,0.30)",colorBrandShadowKey:"rgba(0,0,0,0.25)"});var Qt=t=>{let e=Ya(t);return{...et,...tt,...rt,...nt,...ot,...at,...qt,...Yt,...Kt,...Ut,...e,...qa,...ie,...Oe(e.colorNeutralShadowAmbient,e.colorNeutralShadowKey),...Oe(e.colorBrandShadowAmbient,e.colorBrandShadowKey,"Brand")}};var Gr={day:{weekday:"short",day:"numeric",month:"short",year:"numeric"},moment:{day:"numeric",month:"short",hour:"2-digit",minute:"2-digit"},full:{dateStyle:"full",timeStyle:"short"}};function Ja(t=document){for(let e of t.querySelectorAll("time[data-format]")){let r=new Date(e.dateTime);Number.isNaN(r.getTime())||(e.textContent=new Intl.DateTimeFormat(void 0,Gr[e.dataset.format??""]??Gr.moment).format(r),e.title=new Intl.DateTimeFormat(void 0,Gr.full).format(r))}}function Qa(){let t=document.querySelector("#recording");if(t){for(let e of document.querySelectorAll("button[data-seek]"))e.disabled=!1,e.addEventListener("click",()=>{t.currentTime=Number(e.dataset.seek),t.play()});t.addEventListener("error",()=>{document.querySelector("#recording-error")?.removeAttribute("hidden")})}}var Bs={microphone_denied:"The microphone is blocked for this page. Allow it in the browser\u2019s address bar, then start again.",microphone_missing:"No microphone was found. Connect one, then start again.",microphone_busy:"The microphone cannot be opened. Another program may be using it.",microphone_unavailable:"Browsers offer the microphone only over https or on localhost.",signed_out:"You are signed out. Sign in again to talk.",unreachable:"The conversation could not be started: the service cannot be reached. Try again in a moment.",connection_lost:"The connection was lost. Everything said up to here is kept; start again to go on.",audio_unavailable:"This browser could not start its audio engine."},_=class t extends Error{constructor(r,o){super(Bs[r],o);this.code=r;this.name="ConversationFailure"}code;static ofMicrophone(r){let o=r instanceof DOMException?r.name:"",n=o==="NotAllowedError"||o==="SecurityError"?"microphone_denied":o==="NotFoundError"||o==="OverconstrainedError"?"microphone_missing":"microphone_busy";return new t(n,{cause:r})}};var it=class t{constructor(e,r,o){this.stream=e;this.source=r;this.node=o}stream;source;node;static async request(){if(!navigator.mediaDevices?.getUserMedia)throw new _("microphone_unavailable");try{return await navigator.mediaDevices.getUserMedia({audio:{channelCount:1,echoCancellation:!0,noiseSuppression:!0,autoGainControl:!0}})}catch(e){throw _.ofMicrophone(e)}}static attach(e,r,o,n){let a=r.createMediaStreamSource(e),i=new AudioWorkletNode(r,"voiceaspire-capture",{numberOfInputs:1,numberOfOutputs:0,channelCount:1,channelCountMode:"explicit"});return i.port.onmessage=c=>o({pcm:new Uint8Array(c.data.pcm),level:c.data.level}),a.connect(i),e.getAudioTracks()[0]?.addEventListener("ended",n),new t(e,a,i)}close(){this.source.disconnect(),this.node.port.onmessage=null;for(let e of this.stream.getTracks())e.stop()}};function Za(t){let e="";for(let r=0;r<t.length;r+=8192)e+=String.fromCharCode(...t.subarray(r,r+8192));return btoa(e)}function ei(t){let e=atob(t),r=new Uint8Array(e.length);for(let o=0;o<e.length;o++)r[o]=e.charCodeAt(o);return r}function ti(t,e,r){let o=new DataView(t.buffer,t.byteOffset,t.byteLength),n=t.byteLength>>1,a=new Float32Array(n);for(let c=0;c<n;c++)a[c]=o.getInt16(c*2,!0)/32768;if(e===r)return a;let i=new Float32Array(Math.round(n*r/e));for(let c=0;c<i.length;c++){let u=c*e/r,d=Math.min(Math.floor(u),n-1),l=a[Math.min(d+1,n-1)];i[c]=a[d]+(l-a[d])*(u-d)}return i}var Ss=24e3,ks=300,Zt=class{constructor(e){this.context=e;this.node=new AudioWorkletNode(e,"voiceaspire-playback",{numberOfInputs:0,numberOfOutputs:1,outputChannelCount:[1]}),this.node.port.onmessage=r=>this.receive(r.data),this.node.connect(e.destination)}context;node;flushes=new Map;token=0;pushedSeconds=0;playedSeconds=0;base=0;onStarted=()=>{};onEnded=()=>{};get played(){return this.base+this.playedSeconds}push(e,r){let o=ei(r);if(this.pushedSeconds-this.played<ks){let n=ti(o,Ss,this.context.sampleRate);this.pushedSeconds+=n.length/this.context.sampleRate,this.node.port.postMessage({type:"push",item:e,samples:n},[n.buffer])}return o.length}finish(e){this.node.port.postMessage({type:"finish",item:e})}flush(){let e=++this.token;return new Promise(r=>{this.flushes.set(e,r),this.node.port.postMessage({type:"flush",token:e})})}close(){this.node.port.onmessage=null,this.node.disconnect();for(let e of this.flushes.values())e(null);this.flushes.clear()}receive(e){let r=e.played/this.context.sampleRate;if(e.type==="flushed"){this.settle(r),this.pushedSeconds=this.played;let o=Math.max(0,r-(this.context.outputLatency||0));this.flushes.get(e.token)?.(e.item?{item:e.item,milliseconds:Math.floor(o*1e3)}:null),this.flushes.delete(e.token);return}e.type==="started"&&(this.settle(this.playedSeconds),this.onStarted(e.item)),this.playedSeconds=r,e.type==="ended"&&(this.settle(r),this.onEnded(e.item))}settle(e){this.base+=e,this.playedSeconds=0}};var ys=4*48e3*(4/3),st=class{constructor(e){this.options=e}options;handlers=new Map;texts=new Map;cut=new Set;context;microphone;player;socket;current="idle";responding=!1;stopped=!1;audioBytes=0;droppedFrames=0;get status(){return this.current}get playedSeconds(){return this.player?.played??0}on(e,r){let o=this.handlers.get(e)??new Set;return this.handlers.set(e,o.add(r)),this}async start(){this.become("connecting");let e;try{if(e=await it.request(),this.context=await this.openAudio(),this.player=this.createPlayer(this.context),this.socket=await this.connect(),this.stopped)throw new _("connection_lost");this.microphone=it.attach(e,this.context,r=>this.send(r),()=>this.fail("microphone_missing"))}catch(r){for(let n of e?.getTracks()??[])n.stop();if(this.stopped)return;let o=r instanceof _?r:new _("audio_unavailable",{cause:r});throw this.end("failed",o),o}}stop(){this.end("ended")}async openAudio(){let e=navigator.userAgent.includes("Firefox")?new AudioContext:new AudioContext({sampleRate:24e3,latencyHint:"interactive"}),r=new URL(this.options.worklets??".",import.meta.url);return await Promise.all(["capture-worklet.js","playback-worklet.js"].map(o=>e.audioWorklet.addModule(new URL(o,r)))),await e.resume(),e}createPlayer(e){let r=new Zt(e);return r.onStarted=()=>this.become("speaking"),r.onEnded=()=>{this.current==="speaking"&&this.become(this.responding?"thinking":"listening")},r}connect(){let e=new URL(this.options.url??"/v1/realtime",location.href);e.protocol=e.protocol.replace("http","ws"),e.searchParams.set("agent",this.options.agent);let r=["realtime",...this.options.apiKey?[`openai-insecure-api-key.${this.options.apiKey}`]:[]],o=new WebSocket(e,r);return new Promise((n,a)=>{let i=!1;o.onmessage=c=>{let u=xs(c.data);u&&(u.type==="session.created"?(i=!0,this.emit("session",{id:u.session.id}),this.become("listening"),n(o)):u.type==="error"&&!i?this.emit("problem",u.error):this.receive(u))},o.onclose=()=>i?this.fail("connection_lost"):void this.whyRefused().then(c=>a(new _(c)))})}async whyRefused(){if(this.options.apiKey||this.options.url)return"unreachable";try{return(await fetch("/api/v1/auth/me")).status===401?"signed_out":"unreachable"}catch{return"unreachable"}}send(e){if(this.emit("level",{level:e.level}),this.socket?.readyState===WebSocket.OPEN){if(this.socket.bufferedAmount>ys){this.droppedFrames++;return}this.transmit({type:"input_audio_buffer.append",audio:Za(e.pcm)})}}transmit(e){this.socket?.readyState===WebSocket.OPEN&&this.socket.send(JSON.stringify(e))}receive(e){switch(e.type){case"input_audio_buffer.speech_started":this.interrupt(),this.become("hearing");break;case"input_audio_buffer.speech_stopped":this.current==="hearing"&&this.become("thinking");break;case"voiceaspire.transcript.partial":this.emit("user",{item:e.item_id,text:e.text,final:!1});break;case"conversation.item.input_audio_transcription.completed":this.emit("user",{item:e.item_id,text:e.transcript,final:!0,confidence:e.confidence??null}),!e.transcript.trim()&&this.current==="thinking"&&!this.responding&&this.become("listening");break;case"conversation.item.input_audio_transcription.failed":case"error":this.emit("problem",e.error);break;case"voiceaspire.latency":this.emit("latency",e);break;case"voiceaspire.turn":this.emit("turn",e);break;case"voiceaspire.translation":this.emit("translation",e);break;case"voiceaspire.safety":this.emit("safety",e.intervention);break;default:this.receiveReply(e)}}receiveReply(e){switch(e.type){case"response.created":this.responding=!0;break;case"response.output_audio.delta":this.cut.has(e.item_id)||(this.audioBytes+=this.player?.push(e.item_id,e.delta)??0);break;case"response.output_audio.done":this.player?.finish(e.item_id);break;case"response.output_audio_transcript.delta":case"response.output_text.delta":this.say(e.item_id,(this.texts.get(e.item_id)??"")+e.delta,!1);break;case"response.output_audio_transcript.done":this.say(e.item_id,e.transcript,!0);break;case"response.output_text.done":this.say(e.item_id,e.text,!0);break;case"response.done":this.responding=!1,this.current==="thinking"&&this.become("listening");break}}say(e,r,o){o?this.texts.delete(e):this.texts.set(e,r),r&&this.emit("assistant",{item:e,text:r,final:o})}async interrupt(){let e=await this.player?.flush();e&&(this.cut.add(e.item),this.transmit({type:"conversation.item.truncate",item_id:e.item,content_index:0,audio_end_ms:e.milliseconds}),this.emit("interrupted",e))}fail(e){this.end("failed",new _(e))}end(e,r){this.stopped||(this.stopped=!0,this.microphone?.close(),this.player?.close(),this.context?.close(),this.socket&&(this.socket.onclose=this.socket.onmessage=null,this.socket.close(1e3,"OK")),this.become(e,r))}become(e,r){this.current!==e&&(this.current=e,this.emit("status",{status:e,...r?{failure:r}:{}}))}emit(e,r){for(let o of this.handlers.get(e)??[])o(r)}};function xs(t){if(typeof t!="string")return null;try{return JSON.parse(t)}catch{return null}}function w(t,e){let r=t.querySelector(e);if(!r)throw new Error(`The page lacks ${e}.`);return r}function F(t,e,r){let o=document.createElement(t);return o.className=e,r!==void 0&&(o.textContent=r),o}var er=class{constructor(e,r){this.list=e;this.agentName=r}list;agentName;bubbles=new Map;clear(){this.bubbles.clear(),this.list.replaceChildren()}say(e,r,o,n){let a=`${e} ${r}`,i=this.bubbles.get(a);if(n&&!o.trim()){i?.remove(),this.bubbles.delete(a);return}i||(i=this.add(e),this.bubbles.set(a,i));let c=this.isAtEnd();i.classList.toggle("partial",!n),i.querySelector(".said").textContent=o,c&&(this.list.scrollTop=this.list.scrollHeight)}confidence(e,r){r!=null&&this.note("user",e,`${Math.round(r*100)} % sure`)}note(e,r,o){let n=this.bubbles.get(`${e} ${r}`)?.querySelector(".meta");n&&!n.textContent?.includes(o)&&n.append(F("span","note",o))}translation(e,r,o){let n=this.bubbles.get(`user ${e}`);if(!n)return;n.querySelector(".translated")?.remove();let a=F("p","translated",o);a.lang=r,n.append(a)}add(e){let r=F("li",`bubble ${e}`),o=F("div","meta");return o.append(F("span","speaker",e==="user"?"You":this.agentName())),r.append(o,F("p","said")),this.list.append(r),r}isAtEnd(){return this.list.scrollHeight-this.list.scrollTop-this.list.clientHeight<120}};var ri={endpointing:"Turn end",transcript_final:"Transcript",first_token:"First word",safety:"Safety check",first_audio:"First audio"},Ps=["endpointing","transcript_final","first_token","first_audio"];function oi(t,e){let r=[],o=0;for(let a of Ps){let i=e.stages[a];i!==void 0&&(r.push({label:ri[a],start:o,length:i,kind:a}),a==="transcript_final"&&e.stages.safety!==void 0&&r.push({label:ri.safety,start:o+i,length:e.stages.safety,kind:"safety"}),o+=i)}let n=Math.max(e.voice_to_voice,o,1);t.replaceChildren(...r.map(a=>Ns(a,n)))}function Ns(t,e){let r=F("div","waterfall-row"),o=F("span","waterfall-track"),n=F("span",`waterfall-bar stage-${t.kind}`);return n.style.insetInlineStart=`${t.start/e*100}%`,n.style.inlineSize=`${Math.max(t.length/e*100,.8)}%`,o.append(n),r.append(F("span","waterfall-label",t.label),o,F("span","waterfall-value",`${Math.round(t.length)} ms`)),r}var Fs={idle:"Ready when you are",connecting:"Connecting\u2026",listening:"Listening",hearing:"Hearing you",thinking:"Thinking\u2026",speaking:"Speaking: interrupt at any time",ended:"Conversation ended",failed:"Conversation stopped"};function ni(){let t=document.querySelector("#talk");t&&new Vr(t).ready()}var Vr=class{constructor(e){this.root=e;this.button=w(e,"#talk-toggle"),this.status=w(e,"#talk-status"),this.meter=w(e,"#talk-level"),this.problem=w(e,"#talk-problem"),this.empty=w(e,"#talk-empty"),this.agents=[...e.querySelectorAll('input[name="agent"]')],this.transcript=new er(w(e,"#talk-transcript"),()=>this.agent?.dataset.name??"Agent")}root;button;status;meter;problem;empty;agents;transcript;conversation;sessionId="";turns=0;level=0;ready(){this.button.addEventListener("click",()=>this.toggle()),addEventListener("pagehide",()=>this.conversation?.stop());for(let e of this.agents)e.addEventListener("change",()=>history.replaceState(null,"",`?agent=${encodeURIComponent(e.value)}`));this.show("idle"),this.root.dataset.ready="true"}get agent(){return this.agents.find(e=>e.checked)}get live(){return!["idle","ended","failed"].includes(this.conversation?.status??"idle")}toggle(){if(this.live){this.conversation?.stop();return}if(!this.agent)return;this.reset();let e=new st({agent:this.agent.value});this.conversation=e,this.listen(e),e.start().catch(()=>{})}reset(){this.transcript.clear(),this.turns=0,this.sessionId="",this.tell("");for(let e of["#talk-latency","#talk-safety","#talk-record"])w(this.root,e).hidden=!0;w(this.root,"#talk-latency-empty").hidden=!1,Object.assign(this.root.dataset,{turns:"0",audioBytes:"0",playedMs:"0",sessionId:""})}listen(e){e.on("status",({status:r,failure:o})=>{this.show(r),this.tell(o?.message??"")}).on("session",({id:r})=>{this.sessionId=r,this.root.dataset.sessionId=r}).on("level",({level:r})=>this.showLevel(r)).on("user",({item:r,text:o,final:n,confidence:a})=>{this.say("user",r,o,n),n&&this.transcript.confidence(r,a)}).on("assistant",({item:r,text:o,final:n})=>this.say("assistant",r,o,n)).on("interrupted",({item:r})=>this.transcript.note("assistant",r,"interrupted")).on("translation",({item_id:r,target_language:o,text:n})=>this.transcript.translation(r,o,n)).on("latency",r=>this.showLatency(r)).on("turn",()=>this.root.dataset.turns=String(++this.turns)).on("safety",r=>this.showSafety(r)).on("problem",r=>this.tell(r.message))}say(e,r,o,n){this.empty.hidden=!0,this.transcript.say(e,r,o,n)}show(e){this.root.dataset.status=e,this.status.textContent=Fs[e];let r=this.live;this.button.textContent=r?"End conversation":"Start talking",this.button.setAttribute("appearance",r?"outline":"primary");for(let o of this.agents)o.disabled=r;if(r||this.meter.style.setProperty("--level","0"),(e==="ended"||e==="failed")&&this.sessionId){let o=w(this.root,"#talk-record");o.href=`/sessions/${encodeURIComponent(this.sessionId)}`,o.hidden=!1}}showLevel(e){let r=20*Math.log10(e+1e-6),o=Math.min(1,Math.max(0,(r+54)/48));this.level=Math.max(o,this.level*.85),this.meter.style.setProperty("--level",this.level.toFixed(3)),this.root.dataset.audioBytes=String(this.conversation?.audioBytes??0),this.root.dataset.playedMs=String(Math.round((this.conversation?.playedSeconds??0)*1e3))}showLatency(e){w(this.root,"#talk-latency-empty").hidden=!0,w(this.root,"#talk-latency").hidden=!1,w(this.root,"#talk-total").textContent=String(Math.round(e.voice_to_voice)),oi(w(this.root,"#talk-waterfall"),e)}showSafety(e){let r=w(this.root,"#talk-safety");r.dataset.severity=e.severity,w(r,".safety-message").textContent=e.message;let o=e.resources.map(n=>{let a=F("li","resource");if(a.append(F("strong","",n.name),F("span","",n.contact)),n.url?.startsWith("https://")){let i=F("a","",new URL(n.url).host);i.href=n.url,i.rel="noreferrer",i.target="_blank",a.append(i)}return a});w(r,".safety-resources").replaceChildren(...o),r.hidden=!1}tell(e){this.problem.textContent=e,this.problem.hidden=e===""}};var ai={10:"#041f1e",20:"#083130",30:"#0a403e",40:"#0c4d4a",50:"#0d5955",60:"#0e6560",70:"#0f716b",80:"#107c76",90:"#2a8f89",100:"#459e98",110:"#5fada8",120:"#79bcb8",130:"#94cbc8",140:"#afdad8",150:"#cbe9e7",160:"#e7f5f4"},ii=getComputedStyle(document.documentElement).getPropertyValue("--font"),ws={...Jt(ai),fontFamilyBase:ii},Ts={...Qt(ai),fontFamilyBase:ii},si=matchMedia("(prefers-color-scheme: dark)");function Xr(){let t=document.documentElement.dataset.theme;return t?t==="dark":si.matches}function Ur(){Gt(Xr()?Ts:ws);for(let t of document.querySelectorAll("[data-theme-toggle]"))t.setAttribute("aria-label",Xr()?"Use the light theme":"Use the dark theme")}for(let t of document.querySelectorAll("[data-theme-toggle]"))t.addEventListener("click",()=>{let e=Xr()?"light":"dark";document.documentElement.dataset.theme=e,localStorage.setItem("theme",e),Ur()});si.addEventListener("change",Ur);Ur();Ja();ni();Qa();
