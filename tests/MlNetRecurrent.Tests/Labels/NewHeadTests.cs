using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>A head that the library does not know, with several outputs for a value, learns in the task of values as it is.</summary>
public sealed class NewHeadTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Sum", 1)]
    [InlineData("Rates", 2)]
    public void Quantiles_need_a_definition_and_a_head_alone(string label, int values)
    {
        var random = new Random(1);
        VectorRow[] rows = VectorRow.Generate(2000);
        foreach (VectorRow row in rows)
        {
            // Noise that the features do not tell, evenly spread.
            row.Sum += 1000 * random.NextSingle();
            row.Last += random.NextSingle() / 1000;
        }
        RecurrentOptions options = VectorRow.Options(label, 15);
        options.Schedule = LearningRateSchedule.Cosine;
        var task = new RegressionTask(new QuantileDefinition(0.1, 0.5, 0.9));
        IDataView data = VectorRow.View(_ml, rows[..1500]), test = VectorRow.View(_ml, rows[1500..]);
        RecurrentTransformer model = new RecurrentTrainer(CatalogEnvironment.Of(_ml.Regression.Trainers), task, options).Fit(data, test);
        IDataView scored = model.Transform(test);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3 * values), scored.Schema["Score"].Type);
        SchemaShape.Column promised = new RecurrentTrainer(CatalogEnvironment.Of(_ml.Regression.Trainers), task, options)
            .GetOutputSchema(SchemaShapes.Of(data.Schema)).Single(column => column.Name == "Score");
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, promised.Kind);
        Assert.Equal(
            scored.Schema["Score"].HasSlotNames(), promised.Annotations.Any(annotation => annotation.Name == AnnotationNames.SlotNames));
        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        for (int value = 0; value < values; value++)
        {
            float[] labels = [.. rows[1500..].Select(row => value == 0 ? row.Sum : row.Last)];
            double[] below = [.. Enumerable.Range(0, 3).Select(level =>
                labels.Zip(scores).Average(pair => pair.First < pair.Second[3 * value + level] ? 1.0 : 0))];
            Assert.Equal([0.1, 0.5, 0.9], below, (x, y) => Math.Abs(x - y) < 0.06);
        }
        // The loss of one value is in its unit: the noise of 1000 costs 45 at 0.1 and 0.9, and 125 at 0.5.
        if (values == 1)
            Assert.InRange(model.Training.ValidationLoss!.Value, 215, 300);
    }

    private sealed record QuantileDefinition(params double[] Levels) : HeadDefinition
    {
        public override string Name => "Pinball";

        public override bool HasValues => true;

        public override bool Fits(int outputs) => outputs > 0 && outputs % Levels.Length == 0;

        public override int OutputsFor(int labelSize) => labelSize * Levels.Length;

        public override Head<T> Create<T>(int outputs) => new QuantileHead<T>(outputs, Levels);

        public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => Levels.Length / 2.0;

        public override double LossUnit(TargetTransform targets) => targets.Scales is [var only] ? only.Unit : 1;
    }

    /// <summary>loss = weight · max(q (label - y), (q - 1) (label - y)), summed over the levels q of a value.</summary>
    private sealed class QuantileHead<T>(int outputs, double[] levels) : RowHead<T>(outputs, outputs / levels.Length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void ComputeLossOfRows(
            PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
            Span<double> losses, int first, int last)
        {
            for (int row = first; row < last; row++)
            {
                losses[row] = 0;
                for (int k = 0; k < PredictionSize; k++)
                {
                    int label = row * LabelSize + k / levels.Length;
                    double level = levels[k % levels.Length], error = labels[label] - double.CreateTruncating(outputs[row, k]);
                    double slope = error > 0 ? level : level - 1;
                    losses[row] += weights[label] * slope * error;
                    outputs[row, k] = T.CreateTruncating(-weights[label] * scale * slope);
                }
                ClearPadding(outputs, row);
            }
        }

        public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction) => CopyOutputs(outputs, row, prediction);
    }
}
