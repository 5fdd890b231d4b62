import { describe, expect, test } from '@jest/globals';
import { toConfig } from '../../../lib/platforms/label-studio/config';

const configOf = (label_config: string) => toConfig({ label_config });

describe('classes and objects', () => {
  test('each class has its control and color, and the name by which results tell it', () => {
    const { classes, targets } = configOf(`<View>
      <!-- <Labels name="gone" toName="text"><Label value="Gone"/></Labels> -->
      <Style><![CDATA[ <Label value="Style"/> ]]></Style>
      <Image name="image" value="$image"/> <Text name='text' value='$text'></Text>
      <Text name="hint" value="What do you see?"/>
      <RectangleLabels name="box" toName="image">
        <View><Label value="Car" background="#f00"/></View>
        <Label value="Bike &amp; more" alias="B"/> <Label value=""/>
      </RectangleLabels>
      <labels name="ner" toName="text"><label value="&#x41;&#66;"/></labels>
      <Choices name="sort" toName="image"><Choice value="sharp"/></Choices>
    </View>`);
    expect(classes).toEqual([
      { name: 'Car', control: 'box', color: '#f00' },
      { name: 'B', control: 'box' },
      { name: 'AB', control: 'ner' },
    ]);
    expect(targets).toEqual([
      { name: 'image', kind: 'Image', value: '$image' },
      { name: 'text', kind: 'Text', value: '$text' },
    ]);
  });

  test('a list of pictures, a chat that points to itself, and two objects of one control', () => {
    const { targets } = configOf(`<View>
      <Image name="pages" valueList="$pages"/> <Chat name="chat" value="$chat" toName="chat"/>
      <HyperText name="left"/> <HyperText name="right"/>
      <Pairwise name="pair" toName="left, right"/>
    </View>`);
    expect(targets).toEqual([
      { name: 'pages', kind: 'Image', value: '$pages' },
      { name: 'chat', kind: 'Chat', value: '$chat' },
      { name: 'left', kind: 'HyperText' },
      { name: 'right', kind: 'HyperText' },
    ]);
  });

  const many = (count: number, name = 'c') =>
    configOf(
      `<Labels name="l" toName="t">${Array.from({ length: count }, (_, index) => `<Label value="${name}${index}"/>`).join('')}</Labels><Text name="t" value="$t"/>`,
    );
  test.each([
    ['none', many(0).classes, undefined],
    ['500', many(500).classes?.length, 500],
    ['more than 500', many(501).classes, undefined],
    // Each takes about 80 bytes, of which 16 KiB hold some 200.
    ['more than 16 KiB', many(300, 'a long name, as many of them have it, ').classes, undefined],
    ['no config', toConfig(undefined).classes, undefined],
    ['what is no XML', configOf('<Labels name="l" toName="t"><Label value="c').classes, undefined],
  ])('%s', (_, came, expected) => {
    expect(came).toEqual(expected);
  });
});

describe('names in a repeater', () => {
  const config = configOf(`<View>
    <Repeater on="$images" indexFlag="{{idx}}">
      <Image name="image_{{idx}}" value="$images[{{idx}}]"/>
      <Choices name="animals_{{idx}}" toName="image_{{idx}}" choice="multiple"/>
      <Repeater on="$images[{{idx}}].sounds" indexFlag="[[n]]">
        <Audio name="{{idx}}/[[n]]/{{idx}}" value="$s"/>
      </Repeater>
    </Repeater>
    <Repeater on="$texts"><Choices name="t{{idx}}" toName="t" choice="multiple"/></Repeater>
    <Choices name="plain_{{idx}}" toName="t" choice="multiple"/>
  </View>`);

  test.each([
    ['animals_0', true],
    ['animals_12', true],
    ['animals_', false],
    ['animals_x', false],
    ['animals_0_', false],
    ['animals_{{idx}}', false],
    ['t7', true],
    // Outside of a repeater it stands for nothing.
    ['plain_0', false],
    ['plain_{{idx}}', true],
  ])('%s takes several choices: %p', (name, expected) => {
    expect(config.isMultiple(name)).toBe(expected);
  });

  test('objects, with the index of each', () => {
    expect([config.kindOf('image_3'), config.indexOf('image_3')]).toEqual(['image', 3]);
    expect([config.kindOf('2/5/2'), config.indexOf('2/5/2')]).toEqual(['audio', 2]);
    expect([config.kindOf('2/5/3'), config.indexOf('2/5/3')]).toEqual([undefined, undefined]);
  });
});

test.each([
  ['deep', '<a name="x">', ''],
  ['ended and never begun', '<b>', '</a></c>'],
  ['attributes without an end', '<a b="c" ', ''],
  ['quotes without an end', `<a b="'`, ''],
  ['comments without an end', '<!-- ', ''],
])('reading costs time by the length: %s', (_, unit, end) => {
  const count = 1_000_000 / (unit.length + end.length);
  const began = process.cpuUsage();
  configOf(unit.repeat(count) + end.repeat(count)).classes;
  expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
});
