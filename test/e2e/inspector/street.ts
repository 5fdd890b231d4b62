const WIDTH = 960;
const HEIGHT = 540;

/** A drawn street: there is no picture whose license would have to be told. */
const STREET = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="960" height="540" fill="#bfe3f5"/><circle cx="840" cy="80" r="42" fill="#ffd75e"/>
<rect y="150" width="150" height="230" fill="#c98f6b"/><rect x="150" y="90" width="170" height="290" fill="#b7b2a7"/>
<rect x="640" y="120" width="190" height="260" fill="#d9a27d"/><rect x="830" y="180" width="130" height="200" fill="#9fa9b5"/>
<g fill="#6f8fa8"><path d="M30 190h30v40h-30zM90 190h30v40h-30zM30 270h30v40h-30zM90 270h30v40h-30z"/>
<path d="M175 120h34v44h-34zM255 120h34v44h-34zM175 200h34v44h-34zM255 200h34v44h-34zM175 280h34v44h-34zM255 280h34v44h-34z"/>
<path d="M670 150h36v44h-36zM760 150h36v44h-36zM670 230h36v44h-36zM760 230h36v44h-36z"/></g>
<rect y="380" width="960" height="160" fill="#6b6f76"/><rect y="372" width="960" height="18" fill="#c9c9c4"/>
<path d="M0 462H960" stroke="#f4f1e4" stroke-width="6" stroke-dasharray="48 34"/>
<rect x="472" y="270" width="20" height="108" fill="#7a5230"/><circle cx="482" cy="222" r="74" fill="#4f8f4a"/>
<path d="M60 430q4-34 40-38l28-42q8-10 22-10h96q14 0 22 10l30 40 40 6q16 4 16 34v16H60z" fill="#c8443c"/>
<path d="M142 390l22-34q4-6 12-6h26v40zM214 350h28q8 0 12 6l24 34h-64z" fill="#d6ecf6"/>
<g fill="#2b2d31"><circle cx="124" cy="444" r="28"/><circle cx="290" cy="444" r="28"/><circle cx="660" cy="434" r="36"/><circle cx="776" cy="434" r="36"/></g>
<g fill="none" stroke="#e8e8e8" stroke-width="4"><circle cx="660" cy="434" r="33"/><circle cx="776" cy="434" r="33"/></g>
<path d="M660 434l36-62h62l18 62M696 372l26 62 36-62" fill="none" stroke="#2f6fbd" stroke-width="7"/>
<path d="M708 360l-6-58q0-26 22-26t24 26l-8 34 6 26-8 40" fill="none" stroke="#3a3f8f" stroke-width="20" stroke-linejoin="round"/>
<circle cx="726" cy="252" r="21" fill="#e3b08c"/></svg>`;

const place = {
  original_width: WIDTH,
  original_height: HEIGHT,
  to_name: 'image',
  origin: 'manual',
};
const across = (x: number): number => (x / WIDTH) * 100;
const down = (y: number): number => (y / HEIGHT) * 100;

const box = (id: string, name: string, [x, y, width, height]: readonly number[], rotation = 0) => ({
  ...place,
  id,
  type: 'rectanglelabels',
  from_name: 'box',
  value: {
    x: across(x ?? 0),
    y: down(y ?? 0),
    width: across(width ?? 0),
    height: down(height ?? 0),
    rotation,
    rectanglelabels: [name],
  },
});

const CAR: readonly (readonly [number, number])[] = [
  ...([
    [58, 448],
    [62, 420],
    [100, 391],
    [128, 349],
    [150, 339],
    [250, 339],
    [272, 350],
    [301, 389],
  ] as const),
  ...([
    [340, 396],
    [358, 424],
    [357, 447],
    [318, 452],
    [290, 473],
    [262, 452],
    [152, 452],
    [124, 473],
    [97, 450],
  ] as const),
];

const answer = (id: string, from: string, choices: readonly string[]) => ({
  id,
  type: 'choices',
  from_name: from,
  to_name: 'image',
  value: { choices },
});

/** A delivery of Label Studio with most shapes of a picture. */
export const street = {
  action: 'ANNOTATION_CREATED',
  annotation: {
    id: 42,
    created_at: '2026-01-31T11:59:58Z',
    updated_at: '2026-01-31T11:59:58Z',
    completed_by: 7,
    lead_time: 38.4,
    was_cancelled: false,
    result: [
      {
        ...place,
        id: 'car',
        type: 'polygonlabels',
        from_name: 'polygon',
        value: {
          points: CAR.map(([x, y]) => [across(x), down(y)]),
          closed: true,
          polygonlabels: ['Car'],
        },
      },
      { ...answer('car', 'occluded', ['no']), ...place, value: { choices: ['no'] } },
      box('rider', 'Person', [694, 228, 62, 180]),
      box('bike', 'Bicycle', [622, 362, 192, 112]),
      {
        ...place,
        id: 'tree',
        type: 'ellipselabels',
        from_name: 'ellipse',
        value: {
          x: across(482),
          y: down(222),
          radiusX: across(76),
          radiusY: down(76),
          rotation: 0,
          ellipselabels: ['Tree'],
        },
      },
      {
        ...place,
        id: 'sun',
        type: 'keypointlabels',
        from_name: 'point',
        value: { x: across(840), y: down(80), width: 0.5, keypointlabels: ['Sun'] },
      },
      { type: 'relation', from_id: 'rider', to_id: 'bike', direction: 'right', labels: ['rides'] },
      answer('weather', 'weather', ['sunny']),
    ],
  },
  task: {
    id: 41,
    data: { image: `data:image/svg+xml;base64,${Buffer.from(STREET).toString('base64')}` },
    created_at: '2026-01-30T09:00:00Z',
    updated_at: '2026-01-31T11:59:58Z',
    is_labeled: true,
    overlap: 1,
  },
  project: { id: 7, title: 'Street scenes' },
};
