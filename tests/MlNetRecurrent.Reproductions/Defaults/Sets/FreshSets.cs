using static MlNetRecurrent.Reproductions.Defaults.Sets.Generator;

namespace MlNetRecurrent.Reproductions.Defaults.Sets;

/// <summary>Sets that were made after the defaults were chosen, so that nothing about them could guide the choice.</summary>
internal static class FreshSets
{
    /// <summary>The difference of the values of two sensors at the two moments at which a third sensor had its peaks.</summary>
    public static SuiteSet Peaks() => Make("peaks", SuiteTask.Regression, 3, 1500, static (random, _) =>
    {
        const int steps = 50;
        float[] features = Noise(random, steps * 3, 0.3);
        int first = random.Next(2, 22), second = random.Next(26, 48);
        double level = 0;
        for (int t = 0; t < steps; t++)
        {
            level = 0.9 * level + 0.4 * Normal(random);
            features[3 * t] = (float)level;
            features[3 * t + 2] += t == first || t == second ? 3 : 0;
        }
        return new() { Features = features, Value = features[3 * first] - features[3 * second] + (float)(0.1 * Normal(random)) };
    });

    /// <summary>By how many steps, up to two to either side, the second of two sensors follows the first.</summary>
    public static SuiteSet Lag() => Make("lag", SuiteTask.Multiclass, 2, 500, static (random, row) =>
    {
        const int steps = 80, most = 2;
        int lag = row % (2 * most + 1);
        float[] source = Noise(random, steps + 2 * most, 1), features = Noise(random, steps * 2, 0.4);
        for (int t = 0; t < steps; t++)
        {
            features[2 * t] += source[t + most];
            features[2 * t + 1] += source[t + lag];
        }
        return new() { Features = features, Class = lag.ToString() };
    });

    /// <summary>
    /// 20 shapes drawn by a pen, 12 times each, in different sizes, tempi and directions: two speeds and the pressure, over 40 to 90 steps.
    /// </summary>
    public static SuiteSet Letters()
    {
        const int classes = 20, strokes = 5;
        var shapes = new Random(20);
        (double X, double Y)[] Corners() => [.. Enumerable.Range(0, strokes + 1).Select(_ => (shapes.NextDouble(), shapes.NextDouble()))];
        (double X, double Y)[][] corners = [.. Enumerable.Range(0, classes).Select(_ => Corners())];
        return Make("letters", SuiteTask.Multiclass, 3, 12 * classes, (random, row) =>
        {
            int kind = row % classes, steps = random.Next(40, 91);
            double turn = 0.2 * Normal(random), size = 0.7 + 0.6 * random.NextDouble(), tempo = 0.8 + 0.4 * random.NextDouble();
            (double X, double Y)[] own =
                [.. corners[kind].Select(corner => (corner.X + 0.08 * Normal(random), corner.Y + 0.08 * Normal(random)))];
            float[] features = Noise(random, steps * 3, 0.02);
            (double X, double Y) last = own[0];
            for (int t = 0; t < steps; t++)
            {
                double at = strokes * Math.Pow((t + 1.0) / steps, tempo);
                int stroke = Math.Min(strokes - 1, (int)at);
                double part = at - stroke;
                (double X, double Y) start = own[stroke], end = own[stroke + 1];
                (double X, double Y) next = (start.X + part * (end.X - start.X), start.Y + part * (end.Y - start.Y));
                double x = size * (next.X - last.X) * 10, y = size * (next.Y - last.Y) * 10;
                features[3 * t] += (float)(Math.Cos(turn) * x - Math.Sin(turn) * y);
                features[3 * t + 1] += (float)(Math.Sin(turn) * x + Math.Cos(turn) * y);
                features[3 * t + 2] += (float)Math.Sin(Math.PI * part);
                last = next;
            }
            return new() { Features = features, Class = kind.ToString() };
        });
    }

    /// <summary>How fast a random walk returns to its mean: six sensors, of which one is told from noise by that alone.</summary>
    public static SuiteSet Memory() => Make("memory", SuiteTask.Multiclass, 6, 600, static (random, row) =>
    {
        const int steps = 100, sensors = 6;
        int kind = row % 3;
        double stays = 0.3 * kind, value = Normal(random);
        float[] features = Noise(random, steps * sensors, 1);
        for (int t = 0; t < steps; t++)
        {
            value = stays * value + Math.Sqrt(1 - stays * stays) * Normal(random);
            features[t * sensors + 3] = (float)value;
        }
        return new() { Features = features, Class = kind.ToString() };
    });

    /// <summary>Texts about four subjects: most words are common to all, and some of those of a subject are in one text only.</summary>
    public static SuiteSet Subjects() => Make("subjects", SuiteTask.Multiclass, 0, 600, static (random, row) =>
    {
        int kind = row % 4;
        string[] words = [.. Enumerable.Range(0, random.Next(6, 25)).Select(_ => random.NextDouble() < 0.12
            ? $"{(random.NextDouble() < 0.8 ? kind : random.Next(4))}-{Rank(random, 300)}" : Rank(random, 2000).ToString())];
        return new() { Words = words, Class = kind.ToString() };
    });

    /// <summary>
    /// Sentences whose words have one of five kinds. Most words always have the same kind, some take it from the word before.
    /// </summary>
    public static SuiteSet Kinds() => Make("kinds", SuiteTask.Tagging, 0, 800, static (random, _) =>
    {
        const int kinds = 5;
        int kind = random.Next(kinds);
        List<string> words = [], tags = [];
        for (int length = random.Next(5, 20); length > 0; length--)
        {
            kind = random.NextDouble() < 0.6 ? (2 * kind + 1) % kinds : random.Next(kinds);
            int rank = Rank(random, 1000);
            // A third of the words may be of two kinds.
            int other = (kind + rank) % kinds;
            words.Add(rank % 3 == 0 ? $"{Math.Min(kind, other)}/{Math.Max(kind, other)}-{rank}" : $"{kind}-{rank}");
            tags.Add(kind.ToString());
        }
        return new() { Words = [.. words], Tags = [.. tags] };
    });

    /// <summary>The area under the curve of one sensor while another one is above zero; nothing is left to chance.</summary>
    public static SuiteSet Area() => Make("area", SuiteTask.Regression, 3, 1500, static (random, _) =>
    {
        const int steps = 60;
        float[] features = Noise(random, steps * 3, 1);
        double swing = 0.1 + 0.2 * random.NextDouble(), phase = random.NextDouble() * Math.Tau, level = 0, area = 0;
        for (int t = 0; t < steps; t++)
        {
            level = 0.9 * level + 0.4 * Normal(random);
            features[3 * t] = (float)level;
            features[3 * t + 1] = (float)Math.Sin(phase + swing * t);
            area += features[3 * t + 1] > 0 ? level : 0;
        }
        return new() { Features = features, Value = (float)(area / steps) };
    });

    /// <summary>
    /// The highest level of a drug in the blood, which each patient loses at an individual rate, seen in an earlier measurement.
    /// </summary>
    public static SuiteSet Dose() => Make("dose", SuiteTask.Regression, 2, 1000, static (random, _) =>
    {
        const int steps = 48;
        float[] features = new float[steps * 2];
        double stays = 0.6 + 0.35 * random.NextDouble(), level = 0, highest = 0;
        for (int t = 0; t < steps; t++)
        {
            double dose = random.NextDouble() < 0.15 ? 0.5 + random.NextDouble() : 0;
            level = stays * level + dose;
            highest = Math.Max(highest, level);
            features[2 * t] = (float)dose;
            features[2 * t + 1] = (float)(stays + 0.02 * Normal(random));
        }
        return new() { Features = features, Value = (float)highest };
    });

    /// <summary>A rank by the law of Zipf: low ones are frequent.</summary>
    private static int Rank(Random random, int count) => (int)Math.Exp(random.NextDouble() * Math.Log(count));
}
