using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>
/// Where epochs, rate, schedule and pooling are set, nothing is chosen: the weights are those of the version before trainers chose options.
/// </summary>
public sealed class PlannedTrainingTests
{
    private static readonly Dictionary<string, RecurrentLayer[]> _networks = new()
    {
        ["LSTM"] = [new LstmLayer(5)],
        ["GRU"] = [new GruLayer(5)],
        ["Elman"] = [new ElmanLayer(5)],
        ["stack"] = [new StackLayer(4) { NumberOfStacks = 2, StackSize = 4 }],
        ["deep"] = [new LstmLayer(4) { Bidirectional = true, Dropout = 0.2f }, new GruLayer(3)],
    };

    /// <summary>Of the weights that version 1d4f5da learned.</summary>
    private static readonly Dictionary<string, string> _hashes = new()
    {
        ["LSTM binary Features"] = "feb4d8408fa88a1b",
        ["LSTM binary Tokens"] = "d812cf9a7d2f6235",
        ["LSTM multiclass Features"] = "30ed9fdc9845c4e4",
        ["LSTM multiclass Tokens"] = "8cf47c74f549e57c",
        ["LSTM regression Features"] = "34a84aa7db6f2246",
        ["LSTM regression Tokens"] = "4103973b22cc76fb",
        ["LSTM tagger Features"] = "04bee75139f69d63",
        ["LSTM tagger Tokens"] = "1e061320a11f6c03",
        ["GRU binary Features"] = "6146c6fef29de7f2",
        ["GRU binary Tokens"] = "28da3ebe2e1c7886",
        ["GRU multiclass Features"] = "d88bb3a5bf4f3a75",
        ["GRU multiclass Tokens"] = "8966ded1092a9601",
        ["GRU regression Features"] = "b24dc846d44527af",
        ["GRU regression Tokens"] = "c748e4d150cc859f",
        ["GRU tagger Features"] = "ed2ba622102986ef",
        ["GRU tagger Tokens"] = "d42a4199da271d99",
        ["Elman binary Features"] = "29f54e62598a910d",
        ["Elman binary Tokens"] = "e2ea9fd5f2f438d5",
        ["Elman multiclass Features"] = "969075420782002e",
        ["Elman multiclass Tokens"] = "bd3c6e3aeb2194fa",
        ["Elman regression Features"] = "7e717d10676536c6",
        ["Elman regression Tokens"] = "e7f173cda31f5f60",
        ["Elman tagger Features"] = "7c72496d6a1be000",
        ["Elman tagger Tokens"] = "8a90073497f7d399",
        ["stack binary Features"] = "202239decfc6bc39",
        ["stack binary Tokens"] = "2ab47210012caa47",
        ["stack multiclass Features"] = "993d1d51f134dc68",
        ["stack multiclass Tokens"] = "02bdd47e4fdb19aa",
        ["stack regression Features"] = "dd3427e5de939468",
        ["stack regression Tokens"] = "f95132cc65de7d06",
        ["stack tagger Features"] = "087f53dd1643600c",
        ["stack tagger Tokens"] = "425ea15bd8840547",
        ["deep binary Features"] = "7f19c05dad5d050c",
        ["deep binary Tokens"] = "3db88795200a871b",
        ["deep multiclass Features"] = "d68ae70f55dece8a",
        ["deep multiclass Tokens"] = "007cd73086b58f30",
        ["deep regression Features"] = "a55c0e930d5523e5",
        ["deep regression Tokens"] = "838d37fcfc459c47",
        ["deep tagger Features"] = "3df2528c51d192b6",
        ["deep tagger Tokens"] = "a3d7187932f63f09",
    };

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string, string> Trainings => [.. from network in _networks.Keys
                                                                      from task in TaskRow.Tasks
                                                                      from column in (string[])["Features", "Tokens"]
                                                                      select (network, task, column)];

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Its_weights_are_those_of_the_version_that_chose_nothing(string network, string task, string column)
    {
        Assert.SkipUnless(Fma.IsSupported, "Without fused multiply-add the last bits differ.");
        var options = new RecurrentOptions
        {
            FeatureColumnName = column,
            Layers = _networks[network],
            EmbeddingSize = 3,
            NumberOfEpochs = 2,
            LearningRate = 0.01f,
            Schedule = LearningRateSchedule.Constant,
            Pooling = SequencePooling.Last,
            Seed = 1,
        };
        // More than a batch, whose size is not set.
        IDataView data = _ml.Data.LoadFromEnumerable(TaskRow.Generate(100));
        float[] weights = Weights.Of(TaskRow.Trainer(_ml, task, options).Fit(data));
        string hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(weights)).ToString("x16", CultureInfo.InvariantCulture);
        Assert.Equal(_hashes[$"{network} {task} {column}"], hash);
    }
}
