using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests.Numbers;

public sealed class ProbabilityTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_probability_is_above_0_and_below_1_and_as_before_where_it_was_that_already()
    {
        float last = 0;
        foreach (float logit in (float[])[-1e30f, -1000, -104, -100, -89, -88, -20, -17, -1, 0, 1, 16, 17, 18, 100, 1e30f])
        {
            float probability = Probability(logit), rounded = 1 / (1 + MathF.Exp(-logit));
            Assert.True(probability is > 0 and < 1, $"{probability:R} of {logit}");
            Assert.True(probability >= last);
            Assert.Equal(rounded is > 0 and < 1 ? rounded : rounded == 0 ? float.Epsilon : MathF.BitDecrement(1), probability);
            last = probability;
        }
    }

    [Fact]
    public void One_wrong_label_does_not_make_the_log_loss_of_a_certain_network_infinite()
    {
        IDataView data = Data(scale: 1), certain = Data(scale: 1e4f);
        RecurrentOptions options = Options("YesNo");
        IDataView scored = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data).Transform(certain);
        Assert.Contains(scored.GetColumn<float>("Score"), score => score > 100);
        Assert.Contains(scored.GetColumn<float>("Score"), score => score < -104);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(scored, labelColumnName: "Wrong");
        Assert.InRange(metrics.LogLoss, 1, 100);
    }

    [Fact]
    public void Classes_have_probabilities_above_0_and_below_1_too()
    {
        IDataView scored = _ml.MulticlassClassification.Trainers.Recurrent(Options("Class"))
            .Fit(Data(scale: 1)).Transform(Data(scale: 1e4f));
        float[] probabilities = [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)];
        Assert.All(probabilities, probability => Assert.True(probability is > 0 and < 1));
        Assert.Contains(float.Epsilon, probabilities);
        Assert.Contains(MathF.BitDecrement(1), probabilities);
        Assert.True(double.IsFinite(_ml.MulticlassClassification.Evaluate(scored, labelColumnName: "Class").LogLoss));
    }

    private static RecurrentOptions Options(string label) => new()
    {
        LabelColumnName = label,
        Layers = [new ElmanLayer(8) { Activation = ElmanActivation.Relu }],
        NormalizeFeatures = false,
        NumberOfEpochs = 20,
        LearningRate = 0.02f,
        Seed = 1,
    };

    private static float Probability(float logit)
    {
        OutputColumn column = new BinaryOutputs(RecurrentTask.Binary).Columns.Single(column => column.Name == TaskOutputs.Probability);
        float probability = 0;
        ((ValueGetter<float>)column.MakeGetter(new StoredRow([logit])))(ref probability);
        return probability;
    }

    /// <summary>The larger of two numbers is the answer; one label in 20 is wrong.</summary>
    private IDataView Data(float scale)
    {
        var random = new Random(1);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i =>
        {
            float[] features = [scale * random.NextSingle(), scale * random.NextSingle()];
            bool isFirst = features[0] > features[1];
            return new Row { Features = features, YesNo = isFirst, Wrong = i % 20 == 0 ? !isFirst : isFirst, Class = isFirst ? 1u : 0 };
        }).ToArray());
    }

    private sealed class Row
    {
        [VectorType(1, 2)]
        public float[] Features { get; set; } = [];

        public bool YesNo { get; set; }

        public bool Wrong { get; set; }

        [KeyType(2)]
        public uint Class { get; set; }
    }
}
