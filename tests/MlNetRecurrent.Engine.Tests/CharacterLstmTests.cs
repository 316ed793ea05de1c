using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The vector of the characters of a step by an LSTM, and the training of networks that read distinct words.</summary>
public sealed unsafe class CharacterLstmTests
{
    private const int Tokens = 6, Characters = 5, Units = 3, Size = 2 * Units;

    private static readonly int[] _words =
    [
        1, 2, 3, 4, 5,
        2, 0, 1, 0, 0,
        4, 0, 0, 0, 0,
        0, 0, 0, 0, 0,
        1, 2, 3, 4, 5,
    ];

    /// <summary>A tagger that reads a word in each step, by both encoders.</summary>
    private static readonly NetworkDefinition _tagger = new()
    {
        Features = 12,
        Inputs =
        [
            new("convolution", 6, Tokens) { Characters = Characters },
            new("lstm", 6, Tokens) { Characters = Characters, Encoding = CharacterEncoding.Lstm },
        ],
        Layers = [new GruDefinition(19) { Bidirectional = true, Dropout = 0.3f }],
        EveryStep = true,
        Outputs = 3,
    };

    [Fact]
    public void It_is_the_final_states_of_an_LSTM_in_each_direction_that_reads_the_characters()
    {
        CharacterLstm<ScalarLane, float> module = CreateModule(out Parameters<float> parameters);
        int[] lengths = [5, 3, 1];
        var network = new Network<ScalarLane, float>(new()
        {
            Features = Units,
            Tokens = Tokens,
            Layers = [new LstmDefinition(Units) { Bidirectional = true }],
            Outputs = 2,
        });
        network.Bind(network.Initialize(2), training: false);
        Dictionary<string, ParameterTensor> tensors = module.Tensors.ToDictionary(tensor => tensor.Name);
        foreach (ParameterTensor target in network.Tensors.SkipLast(2))
        {
            ParameterTensor source = tensors[target.Name.Replace("embedding.", "").Replace("layers.0.", "")];
            for (int i = 0; i < target.Count; i++)
            {
                network.Parameters.Values.Pointer[target.Position(i / target.Columns, i % target.Columns)] =
                    parameters.Values.Pointer[source.Position(i / source.Columns, i % source.Columns)];
            }
        }
        network.Prepare(lengths, training: false);
        for (int word = 0; word < lengths.Length; word++)
        {
            for (int t = 0; t < lengths[word]; t++)
                network.Tokens[network.Shape.Row(t, word)] = _words[word * Characters + t];
        }
        network.Forward(0, lengths.Length);
        for (int word = 0; word < lengths.Length; word++)
            Assert.Equal(new Span<float>(network.Encoding.Row(word), Size), new Span<float>(module.Outputs.Row(word), Size));
        Assert.Equal(new float[Size], new Span<float>(module.Outputs.Row(3), Size));
        Assert.Equal(new Span<float>(module.Outputs.Row(0), Size), new Span<float>(module.Outputs.Row(4), Size));
    }

    [Theory]
    [InlineData(16, 2)]
    [InlineData(16, 3)]
    [InlineData(80, 2)]
    [InlineData(80, 5)]
    public void Weights_do_not_depend_on_the_number_of_workers(int batchSize, int workers) =>
        Assert.Equal(Train(batchSize, workers: 1), Train(batchSize, workers));

    [Theory]
    [InlineData(8)]
    [InlineData(80)]
    public void A_step_allocates_nothing(int batchSize) => Assert.Contains(Enumerable.Range(0, 3), _ =>
    {
        List<long> allocated = new(capacity: 1000);
        Train(batchSize, workers: 1, () => allocated.Add(GC.GetAllocatedBytesForCurrentThread()), steps: 9);
        long[] last = [.. allocated.TakeLast(160 / batchSize)];
        return last.All(bytes => bytes == last[0]);
    });

    [Fact]
    public void A_network_with_a_vector_that_has_no_halves_is_refused()
    {
        _tagger.Validate();
        Refuse(new InputField("odd", 12, Tokens) { Characters = 2, Encoding = (CharacterEncoding)2 });
        Refuse(new InputField("no characters", 12, Tokens) { Encoding = CharacterEncoding.Lstm });
        InputField odd = new("odd", 11, Tokens) { Characters = 2, Encoding = CharacterEncoding.Lstm };
        Assert.Throws<InvalidDataException>((_tagger with { Features = 11, Inputs = [odd] }).Validate);

        static void Refuse(InputField field) => Assert.Throws<InvalidDataException>((_tagger with { Inputs = [field] }).Validate);
    }

    private static float[] Train(int batchSize, int workers, Action? afterBatch = null, int? steps = null)
    {
        var network = new Network<Lanes256, float>(_tagger);
        network.Bind(network.Initialize(seed: 1), training: true);
        var settings = new TrainingSettings
        {
            NumberOfEpochs = 2,
            BatchSize = batchSize,
            LearningRate = 0.01,
            GradientClipNorm = 1,
            TokenDropout = steps is null ? 0.1 : 0,
            Seed = 1,
        };
        using var team = new WorkerTeam(workers);
        var observer = new Observer(_ => afterBatch?.Invoke());
        new TrainingLoop<Lanes256>(network, Jobs.Of(_tagger, CreateData(steps), settings, observer: observer), team).Run();
        return network.Parameters.Values.Span.ToArray();
    }

    /// <summary>Sequences of words whose last character is the label. With a given length, all have the same words.</summary>
    private static SequenceSet CreateData(int? steps)
    {
        var random = new Random(1);
        var data = new SequenceSet(_tagger.InputFields);
        for (int i = 0; i < 160; i++)
        {
            int length = steps ?? random.Next(0, 12);
            int[][] words = [.. Enumerable.Range(0, length).Select(t => steps is null ? CreateWord(random) : [1 + t % 3, 2, 0, 0, 0])];
            int[] tokens = [.. words.SelectMany(word => word)];
            data.AddField(tokens);
            data.AddField(tokens);
            data.Complete([.. words.Select(word => (float)(word.Sum() % 3))]);
        }
        return data;
    }

    private static int[] CreateWord(Random random)
    {
        int length = random.Next(Characters + 1);
        return [.. Enumerable.Range(0, Characters).Select(i => i < length ? random.Next(1, Tokens) : 0)];
    }

    private static CharacterLstm<ScalarLane, float> CreateModule(out Parameters<float> parameters)
    {
        var module = new CharacterLstm<ScalarLane, float>(Tokens, Characters, Size);
        parameters = new(module.ParameterCount);
        module.Initialize(parameters.Values.Pointer, new WeightInitializer(1));
        module.Bind(parameters.Values.Pointer, null);
        var shape = new BatchShape();
        shape.Set([1, 1, 1, 1, 1]);
        module.Prepare(shape, new Arena<float>());
        module.CollectWords(_words);
        module.EncodeWords(WorkSlice.Whole);
        module.Forward(_words, 0, 5);
        return module;
    }
}
