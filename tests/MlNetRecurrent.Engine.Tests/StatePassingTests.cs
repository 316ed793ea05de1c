using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The initial and the final state of a layer: values, gradients, single steps.</summary>
public sealed unsafe class StatePassingTests
{
    private const int Inputs = 3, Units = 5;

    private static readonly int[] _lengths = [4, 3, 3, 1, 0];

    public static TheoryData<string> CellsWithState =>
        [nameof(CellKind.Elman), nameof(CellKind.Lstm), nameof(CellKind.Gru), nameof(CellKind.GruResetBefore)];

    [Theory]
    [MemberData(nameof(CellsWithState))]
    internal void Gradient_of_the_final_state_reaches_initial_state_inputs_and_weights(string cell)
    {
        var layer = new LayerCase(cell);
        double[] initial = layer.Random(_lengths.Length * layer.StateSize), weights = layer.Random(_lengths.Length * layer.StateSize);
        layer.Run(initial, weights);
        (double[] ofState, double[] ofInputs, double[] ofParameters) = layer.Gradients();
        AssertGradient(initial, ofState, Enumerable.Range(0, initial.Length));
        AssertGradient(layer.Inputs, ofInputs, Enumerable.Range(0, ofInputs.Length));
        AssertGradient(layer.Parameters, ofParameters, layer.PlacesOfParameters);

        void AssertGradient(Span<double> values, double[] gradient, IEnumerable<int> places)
        {
            const double step = 1e-5;
            foreach (int i in places)
            {
                double value = values[i];
                values[i] = value + step;
                double above = layer.Run(initial, weights);
                values[i] = value - step;
                double below = layer.Run(initial, weights);
                values[i] = value;
                Assert.Equal((above - below) / (2 * step), gradient[i], 1e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(CellsWithState))]
    internal void Final_state_of_the_first_steps_is_all_that_the_next_steps_need(string cell)
    {
        var layer = new LayerCase(cell);
        double[] initial = layer.Random(_lengths.Length * layer.StateSize);
        layer.Forward(initial, _lengths, start: 0, training: true);
        double[] whole = layer.FinalStates();
        foreach (bool training in (bool[])[true, false])
        {
            double[] state = initial;
            for (int t = 0; t < _lengths[0]; t++)
            {
                layer.Forward(state, [.. _lengths.Select(length => length > t ? 1 : 0)], start: t, training);
                state = layer.FinalStates();
            }
            // Scoring computes the same states by other formulas.
            Assert.All(whole.Zip(state), pair => Assert.Equal(pair.First, pair.Second, training ? 0 : 1e-14));
        }
    }

    [Theory]
    [MemberData(nameof(CellsWithState))]
    internal void Walk_step_by_step_is_the_walk_through_all_steps(string cell)
    {
        var layer = new LayerCase(cell);
        double[] initial = layer.Random(_lengths.Length * layer.StateSize), weights = layer.Random(_lengths.Length * layer.StateSize);
        double whole = layer.Run(initial, weights);
        (double[] OfState, double[] OfInputs, double[] OfParameters) expected = layer.Gradients(), found;
        layer.StepByStep = true;
        Assert.Equal(whole, layer.Run(initial, weights));
        found = layer.Gradients();
        Assert.Equal(expected.OfState, found.OfState);
        Assert.Equal(expected.OfInputs, found.OfInputs);
        Assert.Equal(expected.OfParameters, found.OfParameters);
    }

    /// <summary>A recurrent layer in double precision, whose loss is a weighted sum of the final states.</summary>
    private sealed class LayerCase
    {
        private readonly Random _random = new(3);
        private readonly Arena<double> _arena = new();
        private readonly Recurrence<DoubleLane, double> _layer;
        private readonly PinnedBuffer<double> _parameters, _gradients, _inputs;
        private BatchShape _shape = new();
        private RowMatrix<double> _inputGradient;

        public LayerCase(string cell)
        {
            LayerDefinition definition = Cells.Define(Enum.Parse<CellKind>(cell), Units);
            _layer = (Recurrence<DoubleLane, double>)definition.Create<DoubleLane, double>(StatePassingTests.Inputs);
            _parameters = new(_layer.ParameterCount);
            _gradients = new(_layer.ParameterCount);
            foreach (int place in PlacesOfParameters)
                _parameters.Pointer[place] = _random.NextDouble() - 0.5;
            _layer.Bind(_parameters.Pointer, _gradients.Pointer);
            _inputs = new(_lengths.Sum() * StatePassingTests.Inputs);
            Random(_lengths.Sum() * StatePassingTests.Inputs).CopyTo(_inputs.Span);
        }

        public bool StepByStep { get; set; }

        public int StateSize => _layer.StateSize;

        public Span<double> Inputs => _inputs.Span[..(_lengths.Sum() * StatePassingTests.Inputs)];

        public Span<double> Parameters => _parameters.Span;

        public IEnumerable<int> PlacesOfParameters => _layer.Tensors.SelectMany(
            tensor => Enumerable.Range(0, tensor.Rows * tensor.Columns)
                .Select(i => (int)tensor.Position(i / tensor.Columns, i % tensor.Columns)));

        /// <summary>Random values whose padding, beyond the units, is zero.</summary>
        public double[] Random(int count) =>
            [.. Enumerable.Range(0, count).Select(i => i % Block.Size < Units ? _random.NextDouble() - 0.5 : 0)];

        /// <summary>Forward and backward; the result is the loss.</summary>
        public double Run(double[] initial, double[] weights)
        {
            Forward(initial, _lengths, start: 0, training: true);
            int stride = Block.PadToPanel(StatePassingTests.Inputs);
            _layer.PrepareBackward(_arena, inputGradient: true);
            _inputGradient = new(_arena.Take((nint)_shape.Rows * stride), stride);
            RowMatrix<double> final = new(_arena.Take((nint)weights.Length), StateSize);
            weights.CopyTo(new Span<double>(final.Data, weights.Length));
            _layer.FinalStateGradient = final;
            _layer.InitialStateGradientWanted = true;
            _layer.RefreshTransposed(WorkSlice.Whole);
            if (StepByStep)
            {
                for (int t = _shape.Steps - 1; t >= 0; t--)
                    _layer.BackwardStep(t, _inputGradient, 0, _shape.Count);
            }
            else
            {
                _layer.Backward(_inputGradient, 0, _shape.Count);
            }
            _gradients.Span.Clear();
            _layer.AccumulateGradients(new(_inputs.Pointer, StatePassingTests.Inputs), WorkSlice.Whole);
            return FinalStates().Zip(weights, (state, weight) => state * weight).Sum();
        }

        /// <summary>The steps from one on, from initial states; the inputs of the batch lie one step after the other.</summary>
        public void Forward(double[] initial, int[] lengths, int start, bool training)
        {
            _shape = new();
            _shape.Set(lengths);
            _arena.Reset();
            _layer.Prepare(_shape, _arena, training);
            fixed (double* states = initial)
            {
                for (int sequence = 0; sequence < lengths.Length; sequence++)
                    _layer.SetInitialState(sequence, states + sequence * StateSize);
            }
            int done = _lengths.Sum(length => Math.Min(length, start));
            RowMatrix<double> x = new(_inputs.Pointer + done * StatePassingTests.Inputs, StatePassingTests.Inputs);
            for (int t = 0; t < _shape.Steps && StepByStep; t++)
                _layer.ForwardStep(t, x, 0, _shape.Count);
            if (!StepByStep)
                _layer.Forward(x, 0, _shape.Count);
        }

        public double[] FinalStates()
        {
            var states = new double[_shape.Count * StateSize];
            fixed (double* target = states)
            {
                for (int sequence = 0; sequence < _shape.Count; sequence++)
                    _layer.CopyFinalState(sequence, target + sequence * StateSize);
            }
            return states;
        }

        public (double[] OfState, double[] OfInputs, double[] OfParameters) Gradients()
        {
            var ofState = new double[_shape.Count * StateSize];
            fixed (double* target = ofState)
            {
                for (int sequence = 0; sequence < _shape.Count; sequence++)
                    _layer.CopyInitialStateGradient(sequence, target + sequence * StateSize);
            }
            return
            (
                ofState,
                [
                    .. Enumerable.Range(0, _shape.Rows).SelectMany(
                        row => new Span<double>(_inputGradient.Row(row), StatePassingTests.Inputs).ToArray()),
                ],
                _gradients.Span.ToArray()
            );
        }
    }
}
