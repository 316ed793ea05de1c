using Microsoft.ML;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>The parameters of the trainers that the catalogs offer by name.</summary>
public sealed class NamedTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string> Trainers => [.. NamedTrainers.All];

    /// <summary>Those whose layers are made by the trainer.</summary>
    public static TheoryData<string, string> TrainersOfOwnLayers =>
        [.. NamedTrainers.All.Where(one => NamedTrainers.Has(one.Catalog, one.Name, "bidirectional"))];

    [Fact]
    public void There_are_six_in_each_of_three_catalogs() => Assert.Equal(18, NamedTrainers.All.Count());

    [Theory]
    [MemberData(nameof(Trainers))]
    public void What_is_given_arrives_in_the_model(string catalog, string name)
    {
        RecurrentTransformer model = Fit(
            catalog, name, ("pooling", SequencePooling.Max), ("batchSize", 7), ("validationFraction", 0.25), ("numberOfEpochs", 2),
            ("learningRate", 0.004f));
        TrainingSummary training = model.Training;
        Assert.Equal(
            (SequencePooling.Max, 7, 0.25, 2, 0.004f),
            (training.Pooling, training.BatchSize, training.ValidationFraction, training.Epochs, training.LearningRate));
        Assert.Equal(Pooling.Max, model.Model.Network.Definition.Pooling);
        Assert.InRange(training.Sequences, 28, 32);
        Assert.NotNull(training.ValidationLoss);
    }

    [Fact]
    public void A_tagger_by_name_reads_both_directions_and_takes_what_is_given()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TaskRow.Generate(40));
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers
            .SequenceTagger("Tags", "Tokens", hiddenSize: 3, numberOfEpochs: 2, learningRate: 0.004f).Fit(data);
        Assert.Equal([new LstmDefinition(3) { Bidirectional = true }], model.Model.Network.Definition.Layers);
        Assert.Equal((2, 0.004f), (model.Training.Epochs, model.Training.LearningRate));
        TrainingSummary chosen = _ml.MulticlassClassification.Trainers.SequenceTagger("Tags", "Features").Fit(data).Training;
        Assert.Equal((LearningRateSchedule.OneCycle, 0.01f), (chosen.Schedule, chosen.LearningRate));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.MulticlassClassification.Trainers.SequenceTagger(hiddenSize: 0));
        Assert.Contains("hiddenSize", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void What_is_not_given_is_chosen(string catalog, string name)
    {
        TrainingSummary training = Fit(catalog, name).Training;
        SequencePooling pooling = name == "ElmanRnn" && catalog != "regression" ? SequencePooling.Max : SequencePooling.LastMeanMax;
        Assert.Equal(
            (pooling, LearningRateSchedule.OneCycle, 32, 0.0),
            (training.Pooling, training.Schedule, training.BatchSize, training.ValidationFraction));
        double rate = (catalog == "regression" ? 0.02 : 0.01) / (name == "ElmanRnn" ? 3 : 1);
        Assert.Equal((40, (float)rate), (training.Sequences, training.LearningRate));
        Assert.True(training.WeightNoise > 0);
    }

    [Theory]
    [MemberData(nameof(TrainersOfOwnLayers))]
    public void Both_directions_have_twice_the_weights_of_one(string catalog, string name)
    {
        int outputs = catalog == "multiclass" ? 3 : 1;
        long one = Fit(catalog, name, ("bidirectional", false)).NumberOfParameters;
        long both = Fit(catalog, name, ("bidirectional", true)).NumberOfParameters;
        // Only the biases of the outputs stay as many.
        Assert.Equal(2 * one - outputs, both);
        Assert.Equal(name == "PyramidalRnn" ? both : one, Fit(catalog, name).NumberOfParameters);
    }

    [Theory]
    [MemberData(nameof(TrainersOfOwnLayers))]
    public void Dropout_is_that_of_each_layer(string catalog, string name)
    {
        RecurrentTransformer with = Fit(catalog, name, ("dropout", 0.3f), ("numberOfLevels", 1)), without = Fit(catalog, name);
        Assert.All(with.Model.Network.Definition.Layers, layer => Assert.Equal(0.3f, layer.Dropout));
        Assert.All(without.Model.Network.Definition.Layers, layer => Assert.Equal(0, layer.Dropout));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void What_is_out_of_its_range_is_refused_by_its_name(string catalog, string name)
    {
        foreach ((string parameter, object value) in (IEnumerable<(string, object)>)[
            ("pooling", (SequencePooling)5), ("pooling", (SequencePooling)(-1)), ("batchSize", 0), ("batchSize", (1 << 20) + 1),
            ("numberOfEpochs", 0), ("validationFraction", 1.0), ("validationFraction", -0.1), ("validationFraction", double.NaN),
            ("learningRate", 0f), ("learningRate", float.PositiveInfinity), ("dropout", 1f), ("dropout", -0.1f), ("dropout", float.NaN)])
        {
            if (!NamedTrainers.Has(catalog, name, parameter))
                continue;
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => NamedTrainers.Make(_ml, catalog, name, (parameter, value)));
            Assert.Equal(parameter, exception.ParamName);
            Assert.StartsWith($"{parameter} must be ", exception.Message, StringComparison.Ordinal);
        }
    }

    private RecurrentTransformer Fit(string catalog, string name, params (string Name, object Value)[] arguments) =>
        NamedTrainers.Make(_ml, catalog, name, arguments).Fit(_ml.Data.LoadFromEnumerable(TaskRow.Generate(40)));
}
