using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Benchmarks.Networks;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Benchmarks.Scoring;

/// <summary>Scoring through ML.NET, as users do it, beside OnnxRuntime that is handed ready batches of the same sequences.</summary>
internal static class ScoringBenchmark
{
    private const int Sequences = 10_000, Steps = 50, Inputs = 16, Units = 64, Classes = 10, BatchSize = 64;

    public static IEnumerable<string> Run(int threads)
    {
        var ml = new MLContext(seed: 1);
        Row[] rows = Row.Generate(Sequences);
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        var options = new RecurrentOptions
        {
            Layers = [new LstmLayer(Units)],
            Pooling = SequencePooling.Last,
            NumberOfEpochs = 1,
            NormalizeFeatures = false,
        };
        TransformerChain<RecurrentTransformer> model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options)).Fit(ml.Data.TakeRows(data, 500));
        TrainedNetwork network = model.LastTransformer.Model.Network;
        using var twin = new OnnxTwin(network, threads);

        IDataView scored = model.Transform(data);
        float[][] batches = [.. rows.Chunk(BatchSize).Select(StepByStep)];
        Check(scored, batches, twin);
        double ours = Measurement.Median(() => Read(scored)), theirs = Measurement.Median(() =>
        {
            foreach (float[] batch in batches)
                twin.Run(batch, Steps, batch.Length / Steps / Inputs, Inputs);
        });
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"transform {Sequences} sequences of {Steps} x {Inputs}, {Units} units: {Sequences / ours * 1e3:F0} rows/s, "
            + $"OnnxRuntime {Sequences / theirs * 1e3:F0} rows/s, ratio {theirs / ours:F2}");

        PredictionEngine<Row, Prediction> engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model);
        var prediction = new Prediction();
        int next = 0;
        double predict = Measurement.Median(() => engine.Predict(rows[next++ % rows.Length], ref prediction));
        double run = Measurement.Median(() => twin.Run(rows[next++ % rows.Length].Features, Steps, 1, Inputs));
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"predict one sequence: {predict * 1e3:F1} us, OnnxRuntime {run * 1e3:F1} us, ratio {run / predict:F2}");
    }

    private static void Read(IDataView scored)
    {
        DataViewSchema.Column label = scored.Schema["PredictedLabel"], score = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([label, score]);
        ValueGetter<uint> labelGetter = cursor.GetGetter<uint>(label);
        ValueGetter<VBuffer<float>> scoreGetter = cursor.GetGetter<VBuffer<float>>(score);
        uint key = 0;
        VBuffer<float> scores = default;
        while (cursor.MoveNext())
        {
            labelGetter(ref key);
            scoreGetter(ref scores);
        }
    }

    /// <summary>[steps, batch, features], as ONNX has it.</summary>
    private static float[] StepByStep(Row[] batch)
    {
        var x = new float[Steps * batch.Length * Inputs];
        for (int row = 0; row < batch.Length; row++)
        {
            for (int t = 0; t < Steps; t++)
                batch[row].Features.AsSpan(t * Inputs, Inputs).CopyTo(x.AsSpan((t * batch.Length + row) * Inputs));
        }
        return x;
    }

    /// <summary>Two programs that are compared must do the same.</summary>
    private static void Check(IDataView scored, float[][] batches, OnnxTwin twin)
    {
        float[] expected = [.. batches.SelectMany(batch => twin.Run(batch, Steps, batch.Length / Steps / Inputs, Inputs).ToArray())];
        float[] found = [.. scored.GetColumn<VBuffer<float>>("Score").SelectMany(row => row.DenseValues())];
        double difference = expected.Zip(found, (x, y) => Math.Abs(x - y)).Max();
        if (expected.Length != found.Length || difference > 1e-5)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The scores differ by {difference}."));
    }

    private sealed class Row
    {
        [VectorType(Steps, Inputs)]
        public float[] Features { get; set; } = [];

        public int Label { get; set; }

        public static Row[] Generate(int count)
        {
            var random = new Random(1);
            float[] Features() => [.. Enumerable.Range(0, Steps * Inputs).Select(_ => (float)(2 * random.NextDouble() - 1))];
            return [.. Enumerable.Range(0, count).Select(i => new Row { Label = i % Classes, Features = Features() })];
        }
    }

    private sealed class Prediction
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
