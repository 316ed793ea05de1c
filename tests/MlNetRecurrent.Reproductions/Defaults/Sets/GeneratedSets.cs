using static MlNetRecurrent.Reproductions.Defaults.Sets.Generator;

namespace MlNetRecurrent.Reproductions.Defaults.Sets;

/// <summary>The first sets that were made, each to ask for one skill.</summary>
internal static class GeneratedSets
{
    /// <summary>A short pattern somewhere in noise says the class.</summary>
    public static SuiteSet Pattern() => Make("pattern", SuiteTask.Multiclass, 3, 400, static (random, row) =>
    {
        const int steps = 100, length = 15;
        int kind = row % 4;
        float[] features = Noise(random, steps * 3, 0.6);
        int start = random.Next(steps - length);
        for (int t = 0; t < length; t++)
        {
            for (int feature = 0; feature < 3; feature++)
                features[(start + t) * 3 + feature] += (float)(1.5 * Math.Sin((kind + 1) * 0.3 * t + feature * kind));
        }
        return new() { Features = features, Class = kind.ToString() };
    });

    /// <summary>Which of two events comes first.</summary>
    public static SuiteSet Order() => Make("order", SuiteTask.Binary, 2, 800, static (random, row) =>
    {
        const int steps = 60;
        float[] features = Noise(random, steps * 2, 0.3);
        int first = random.Next(steps - 5), second = random.Next(first + 3, steps), winner = row % 2;
        features[first * 2 + winner] += 3;
        features[second * 2 + 1 - winner] += 3;
        return new() { Features = features, Class = winner.ToString() };
    });

    /// <summary>25 movements of nine sensors, 11 times each, in other tempi.</summary>
    public static SuiteSet Gestures()
    {
        const int classes = 25, sensors = 9;
        var shapes = new Random(25);
        double[] Curve() => [.. Enumerable.Range(0, 8).Select(_ => shapes.NextDouble() * 2 - 1)];
        double[][] curves = [.. Enumerable.Range(0, classes * sensors).Select(_ => Curve())];
        return Make("gestures", SuiteTask.Multiclass, sensors, 275, (random, row) =>
        {
            const int steps = 144;
            int kind = row % classes;
            double tempo = 0.75 + 0.5 * random.NextDouble(), shift = random.NextDouble() * 0.1, size = 0.7 + 0.6 * random.NextDouble();
            float[] features = Noise(random, steps * sensors, 0.1);
            for (int sensor = 0; sensor < sensors; sensor++)
            {
                double[] curve = curves[kind * sensors + sensor];
                double offset = 0.5 * Normal(random);
                for (int t = 0; t < steps; t++)
                {
                    double phase = Math.Pow((double)t / steps, tempo) + shift, value = offset;
                    for (int wave = 0; wave < 4; wave++)
                    {
                        double angle = Math.PI * (wave + 1) * phase;
                        value += size * (curve[2 * wave] * Math.Sin(angle) + curve[2 * wave + 1] * Math.Cos(angle)) / 2;
                    }
                    features[t * sensors + sensor] += (float)value;
                }
            }
            return new() { Features = features, Class = kind.ToString() };
        });
    }

    /// <summary>The symbol beside the first step's mark, 200 steps before the end, among others of its kind.</summary>
    public static SuiteSet Recall() => Make("recall", SuiteTask.Multiclass, 5, 1000, static (random, row) =>
    {
        const int steps = 200;
        int kind = row % 4;
        float[] features = Noise(random, steps * 5, 0.05);
        for (int t = 0; t < steps; t++)
            features[t * 5 + (t == 0 ? kind : random.Next(4))] += 1;
        features[4] += 1;
        return new() { Features = features, Class = kind.ToString() };
    });

    /// <summary>How many of the letters are an A.</summary>
    public static SuiteSet Counting() => Make("counting", SuiteTask.Multiclass, 0, 2000, static (random, row) =>
    {
        int wanted = row % 8;
        string[] letters =
            [.. Enumerable.Range(0, random.Next(10, 40)).Select(i => i < wanted ? "A" : "BCDEFG"[random.Next(6)].ToString())];
        random.Shuffle(letters);
        return new() { Words = letters, Class = wanted.ToString() };
    });

    /// <summary>How fast a wave of any phase goes.</summary>
    public static SuiteSet Frequency() => Make("frequency", SuiteTask.Multiclass, 1, 300, static (random, row) =>
    {
        const int steps = 120;
        int kind = row % 5;
        float[] features = Noise(random, steps, 0.5);
        double phase = random.NextDouble() * Math.Tau, speed = 0.2 * Math.Pow(1.35, kind + 0.6 * random.NextDouble());
        for (int t = 0; t < steps; t++)
            features[t] += (float)Math.Sin(phase + speed * t);
        return new() { Features = features, Class = kind.ToString() };
    });

    /// <summary>The next value of a noisy series that has a trend and swings.</summary>
    public static SuiteSet Trend() => Make("trend", SuiteTask.Regression, 2, 10_000, static (random, _) =>
    {
        const int steps = 30;
        double slope = 0.1 * Normal(random), start = Normal(random), phase = random.NextDouble() * Math.Tau;
        float[] features = new float[steps * 2];
        double Value(int t) => start + slope * t + 0.7 * Math.Sin(phase + 0.5 * t);
        for (int t = 0; t < steps; t++)
        {
            features[2 * t] = (float)(Value(t) + 0.2 * Normal(random));
            features[2 * t + 1] = (float)Normal(random);
        }
        return new() { Features = features, Value = (float)(Value(steps) + 0.2 * Normal(random)) };
    });

    /// <summary>
    /// The next value of a walk that returns to its mean, a third of it chance: 600 windows of 12 steps, each shifted by one step.
    /// </summary>
    public static SuiteSet Walk() => new("walk", SuiteTask.Regression, 1, seed =>
    {
        const int length = 12, training = 600, test = 1000;
        var random = new Random(1000 + seed);
        float[] walk = Noise(random, training + test + length, 1);
        for (int t = 1; t < walk.Length; t++)
            walk[t] += 0.8f * walk[t - 1];
        Example Window(int first) => new() { Features = walk[first..(first + length)], Value = walk[first + length] };
        Example[] windows = [.. Enumerable.Range(0, training + test).Select(Window)];
        return new(windows[..training], windows[training..]);
    })
    { IsInOrderOfTime = true };

    /// <summary>A value that follows from the means of two of four sensors, and from chance as much.</summary>
    public static SuiteSet Chance() => Make("chance", SuiteTask.Regression, 4, 250, static (random, _) =>
    {
        const int steps = 20, sensors = 4;
        float[] features = Noise(random, steps * sensors, 1);
        double sum = 0;
        for (int sensor = 0; sensor < sensors; sensor++)
        {
            double offset = Normal(random);
            for (int t = 0; t < steps; t++)
                features[t * sensors + sensor] += (float)offset;
            sum += sensor < 2 ? offset : 0;
        }
        return new() { Features = features, Value = (float)(sum + Math.Sqrt(2) * Normal(random)) };
    });

    /// <summary>The sum of the two numbers that are marked (the adding problem of Hochreiter and Schmidhuber, 1997).</summary>
    public static SuiteSet Adding() => Make("adding", SuiteTask.Regression, 2, 3000, static (random, _) =>
    {
        const int steps = 40;
        float[] features = new float[steps * 2];
        int first = random.Next(steps / 2), second = random.Next(steps / 2, steps);
        for (int t = 0; t < steps; t++)
        {
            features[2 * t] = (float)random.NextDouble();
            features[2 * t + 1] = t == first || t == second ? 1 : 0;
        }
        return new() { Features = features, Value = features[2 * first] + features[2 * second] };
    });

    /// <summary>The state of a filter whose sign another one decides, and a little chance.</summary>
    public static SuiteSet Filter() => Make("filter", SuiteTask.Regression, 3, 800, static (random, _) =>
    {
        const int steps = 50;
        float[] features = Noise(random, steps * 3, 1);
        double state = 0, sign = 0;
        for (int t = 0; t < steps; t++)
        {
            state = 0.9 * state + (sign > 0 ? features[3 * t] : -features[3 * t]);
            sign = 0.8 * sign + features[3 * t + 1];
        }
        return new() { Features = features, Value = (float)(state + 0.7 * Normal(random)) };
    });

    /// <summary>The energy of a damped oscillation, without noise.</summary>
    public static SuiteSet Energy() => Make("energy", SuiteTask.Regression, 2, 800, static (random, _) =>
    {
        const int steps = 40;
        double size = 0.3 + random.NextDouble(), speed = 0.2 + 0.5 * random.NextDouble();
        double phase = random.NextDouble() * Math.Tau, drag = 0.05 * random.NextDouble();
        float[] features = new float[steps * 2];
        for (int t = 0; t < steps; t++)
        {
            features[2 * t] = (float)(size * Math.Exp(-drag * t) * Math.Sin(phase + speed * t));
            features[2 * t + 1] = (float)(size * Math.Exp(-drag * t) * Math.Cos(phase + speed * t));
        }
        return new() { Features = features, Value = (float)(3 * size * size * speed) };
    });

    /// <summary>137 recordings of four repeated movements, each in its own tempo, from any point on.</summary>
    public static SuiteSet Rhythm() => Make("rhythm", SuiteTask.Multiclass, 3, 137, static (random, row) =>
    {
        const int steps = 206;
        int kind = row % 4;
        double[][] shapes = [[1, 0, 0.3], [0.6, 0.6, 0], [0.3, 0, 0.9], [0.6, 0.1, 0.6]];
        double speed = 0.12 + 0.06 * random.NextDouble(), phase = random.NextDouble() * Math.Tau, size = 0.6 + 0.8 * random.NextDouble();
        float[] features = Noise(random, steps * 3, 0.4);
        for (int sensor = 0; sensor < 3; sensor++)
        {
            double offset = 0.7 * Normal(random);
            for (int t = 0; t < steps; t++)
            {
                double value = offset;
                for (int wave = 0; wave < 3; wave++)
                    value += size * shapes[(kind + sensor) % 4][wave] * Math.Sin((wave + 1) * (phase + speed * t) + sensor);
                features[t * 3 + sensor] += (float)value;
            }
        }
        return new() { Features = features, Class = kind.ToString() };
    });
}
